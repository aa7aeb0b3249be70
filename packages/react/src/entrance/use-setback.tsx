import { type ReactNode, useCallback, useState } from 'react';
import type { Activate } from '../destination/use-activate.ts';
import { describeError } from '../errors/describe.ts';
import { isAbout } from '../errors/is-about.ts';
import { recoverSession } from '../errors/recover-session.ts';
import { reportUnsupported } from '../errors/report-unsupported.ts';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';

/** What came before the present step of a form, and the ways out of a step that cannot go on. */
export interface Setback {
  /** Why a ticket or the last try did not work, as long as it matters. */
  readonly notice: ReactNode;
  /** The notice has served. */
  readonly clear: () => void;
  /** Goes back to the first step, which says why. */
  readonly startAgain: (text: string) => void;
  /** For `<Form onError>`: activates a session that exists already, starts again where all is over. */
  readonly takeOver: (error: unknown) => boolean;
}

/**
 * Keeps what a form's next step must say about the last one.
 *
 * @param given the notice that the form starts with
 * @param goToStart shows the first step
 */
export function useSetback(given: ReactNode, activate: Activate, goToStart: () => void): Setback {
  const { willcall } = useProvider();
  const messages = useMessages();
  const [text, setText] = useState<string>();
  const [isGivenOver, setGivenOver] = useState(false);

  const clear = useCallback(() => {
    setText(undefined);
    setGivenOver(true);
  }, []);
  const startAgain = useCallback(
    (reason: string) => {
      setText(reason);
      goToStart();
    },
    [goToStart],
  );
  const takeOver = useCallback(
    (error: unknown) => {
      const sessionId = recoverSession(willcall, error);
      if (sessionId) {
        activate(sessionId).catch((late: unknown) => startAgain(describeError(messages, late)));
        return true;
      }
      if (isAbout(error, ['status_unknown'])) reportUnsupported(willcall, String(error));
      else if (!isAbout(error, over)) return false;
      startAgain(describeError(messages, error));
      return true;
    },
    [willcall, messages, activate, startAgain],
  );
  const remaining = isGivenOver ? null : given;
  const notice = text === undefined ? remaining : <ErrorNotice>{text}</ErrorNotice>;
  return { notice, clear, startAgain, takeOver };
}

/** The attempt cannot go on, so that only a new one helps. */
const over = [
  'sign_in_step_invalid',
  'sign_up_step_invalid',
  'client_not_found',
  'resource_not_found',
  'ticket_expired_code',
  'sign_in_token_already_used_code',
  'sign_in_token_revoked_code',
  'sign_in_token_cannot_be_used_code',
  'user_banned',
];
