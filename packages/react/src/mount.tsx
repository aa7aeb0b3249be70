import type { ComponentType, ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { WillcallProvider, type WillcallProviderProps } from './provider/provide.tsx';
import { SignIn, type SignInProps } from './sign-in/sign-in.tsx';
import { SignUp, type SignUpProps } from './sign-up/sign-up.tsx';
import { UserButton, type UserButtonProps } from './user-button/user-button.tsx';
import { UserProfile } from './user-profile/user-profile.tsx';

/** What a component is mounted with: its own props, and those of `<WillcallProvider>`. */
export type MountProps<Props = object> = Props & Omit<WillcallProviderProps, 'children'>;

/** A component in a page without React. Once it is gone, or another has its place, neither does anything. */
export interface Mounted<Props = object> {
  /** Draws it again with other props; what is left out goes back to its default. */
  update(props: MountProps<Props>): void;
  /** Takes it out of the page. The session stays. */
  unmount(): void;
}

/** Draws `<SignIn>` into an element, in place of what it holds. */
export function mountSignIn(
  node: Element,
  props: MountProps<SignInProps> = {},
): Mounted<SignInProps> {
  return mount(node, SignIn, props);
}

/** Draws `<SignUp>` into an element, in place of what it holds. */
export function mountSignUp(
  node: Element,
  props: MountProps<SignUpProps> = {},
): Mounted<SignUpProps> {
  return mount(node, SignUp, props);
}

/** Draws `<UserProfile>` into an element, in place of what it holds. */
export function mountUserProfile(node: Element, props: MountProps = {}): Mounted {
  return mount(node, UserProfile, props);
}

/** Draws `<UserButton>` into an element, in place of what it holds. */
export function mountUserButton(
  node: Element,
  props: MountProps<UserButtonProps> = {},
): Mounted<UserButtonProps> {
  return mount(node, UserButton, props);
}

/** What each element holds: the last that was mounted into it. */
const holders = new WeakMap<Element, { readonly root: Root }>();

function mount<Props extends object>(
  node: Element,
  Component: ComponentType<Props>,
  given: MountProps<Props>,
): Mounted<Props> {
  if (!(node instanceof Element)) throw new TypeError('mount needs an element to draw into.');
  const own = { root: holders.get(node)?.root ?? createRoot(node) };
  holders.set(node, own);
  const isIn = () => holders.get(node) === own;
  const update = (props: MountProps<Props>) => {
    if (isIn()) own.root.render(wrap(Component, props));
  };
  update(given);
  return {
    update,
    unmount: () => {
      if (!isIn()) return;
      holders.delete(node);
      own.root.unmount();
    },
  };
}

/** Both get all props: neither looks at those of the other. */
function wrap<Props extends object>(
  Component: ComponentType<Props>,
  props: MountProps<Props>,
): ReactNode {
  return (
    <WillcallProvider {...props}>
      <Component {...props} />
    </WillcallProvider>
  );
}
