import { useRef, useState } from 'react';
import type { User } from '@willcall/browser';
import { Arriving } from '../entrance/arriving.tsx';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { Note } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import { BackupCodesShown } from './backup-codes-shown.tsx';
import { SecondFactorLines } from './second-factor-lines.tsx';
import { Section } from './section.tsx';

// Brings the code that draws QR codes along.
const EnrolTotp = lazyPart(() => import('./enrol-totp.tsx'));

type State =
  | { readonly name: 'shown'; readonly note?: string }
  | { readonly name: 'enrolling' }
  | { readonly name: 'codes'; readonly codes: readonly string[]; readonly note?: string };

/** The authenticator app and its backup codes: set up, shown once, made anew, removed. */
export function SecondFactor({ user }: { readonly user: User }) {
  const messages = useMessages();
  const texts = messages.profile;
  const { environment } = useSnapshot();
  const [state, setState] = useState<State>({ name: 'shown' });
  const heading = useRef<HTMLHeadingElement>(null);
  if (!environment?.authenticatorAppEnabled && !user.totpEnabled) return null;

  function show(next: State) {
    setState(next);
    // What had the focus is gone.
    heading.current?.focus();
  }
  return (
    <Section title={texts.secondFactor} headingRef={heading}>
      <Note>{'note' in state ? state.note : null}</Note>
      {state.name === 'shown' ? (
        <SecondFactorLines
          user={user}
          onEnrol={() => setState({ name: 'enrolling' })}
          onRemoved={() => show({ name: 'shown', note: texts.totpRemoved })}
          onCodes={(codes) => show({ name: 'codes', codes })}
        />
      ) : null}
      {state.name === 'enrolling' ? (
        <Arriving fallback={<p>{messages.loading}</p>}>
          <EnrolTotp
            user={user}
            onCancel={() => show({ name: 'shown' })}
            onDone={(codes) =>
              show(
                codes.length > 0
                  ? { name: 'codes', codes, note: texts.totpAdded }
                  : { name: 'shown', note: texts.totpAdded },
              )
            }
          />
        </Arriving>
      ) : null}
      {state.name === 'codes' ? (
        <BackupCodesShown codes={state.codes} onKept={() => show({ name: 'shown' })} />
      ) : null}
    </Section>
  );
}
