import { useCallback, useEffect, useState } from 'react';
import { type ProviderSettings, useProvider } from '../provider/context.ts';
import { readStep, type Routing, writeStep } from './step.ts';

/** The props of a component that say where its steps live. */
export interface RoutingProps {
  /** `path`: below {@link RoutingProps.path}. `hash`: behind `#`. Default: `path` with a path, else `hash`. */
  readonly routing?: 'path' | 'hash' | undefined;
  /** The path of the page that holds the component, for example `/sign-in`. */
  readonly path?: string | undefined;
}

export interface StepRoute {
  /** The present step; `''` is the first. */
  readonly step: string;
  readonly go: (step: string, how?: 'push' | 'replace') => void;
  /** The address of a step, for a link. */
  readonly hrefOf: (step: string) => string;
}

/** The present step of a component, kept in the address, so that reload and the back button keep it. */
export function useStep(props: RoutingProps): StepRoute {
  const { settings } = useProvider();
  const { kind, path } = readRouting(props);
  const [step, setStep] = useState(() => readStep(toRouting(kind, path), here()));

  useEffect(() => {
    const read = () => setStep(readStep(toRouting(kind, path), here()));
    addEventListener('popstate', read);
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('popstate', read);
      removeEventListener('hashchange', read);
    };
  }, [kind, path]);

  const hrefOf = useCallback(
    (next: string) => writeStep(toRouting(kind, path), here(), next),
    [kind, path],
  );
  const { routerPush, routerReplace } = settings;
  const go = useCallback(
    (next: string, how: 'push' | 'replace' = 'push') => {
      writeAddress({ routerPush, routerReplace }, hrefOf(next), how);
      setStep(next);
    },
    [hrefOf, routerPush, routerReplace],
  );
  return { step, go, hrefOf };
}

type Router = Pick<ProviderSettings, 'routerPush' | 'routerReplace'>;

function writeAddress(
  { routerPush, routerReplace }: Router,
  href: string,
  how: 'push' | 'replace',
): void {
  const router = how === 'push' ? routerPush : routerReplace;
  if (router) router(href);
  else history[how === 'push' ? 'pushState' : 'replaceState'](history.state, '', href);
}

/** The address of a step of a component, the rest of the present address kept. */
export function addressOfStep(props: RoutingProps, step: string): string {
  const { kind, path } = readRouting(props);
  return new URL(writeStep(toRouting(kind, path), here(), step), location.href).href;
}

function readRouting({ routing, path }: RoutingProps): { kind: Routing['kind']; path: string } {
  if (routing === 'path' && path === undefined) {
    throw new TypeError('routing="path" needs path="/sign-in" or the like.');
  }
  return { kind: routing ?? (path === undefined ? 'hash' : 'path'), path: path ?? '' };
}

function toRouting(kind: Routing['kind'], path: string): Routing {
  return kind === 'path' ? { kind, path } : { kind };
}

function here(): URL {
  return new URL(location.href);
}
