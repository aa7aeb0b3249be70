import type { MouseEvent } from 'react';
import { questionTitle, type TicketQuestionJSON } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { Arrival } from '../form/arrival.tsx';
import { expectFocus } from '../form/expect-focus.ts';
import { Card } from '../look/card.tsx';
import styles from '../look/card.module.css';
import controls from '../look/control.module.css';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import type { UsedRedemption } from '../ticket/use-redemption.ts';

interface QuestionCardProps extends Pick<UsedRedemption, 'confirm'> {
  readonly question: TicketQuestionJSON;
  readonly giveUp: () => void;
  readonly way: Leave;
}

/**
 * Asks before a ticket signs in: whose account it is or becomes, and what becomes of somebody else who
 * is signed in here. Nothing is sent before a press of the person: one that a script makes
 * counts for nothing. The heading gets the focus and no button, so that a key that was held
 * down on the page before confirms nothing.
 */
export function QuestionCard({ question, confirm, giveUp, way }: QuestionCardProps) {
  const { asking, ...messages } = useMessages();
  const application = useSnapshot().environment?.applicationName ?? '';
  const { signed_in_as: signedInAs, is_sign_up: isSignUp, proof } = question;
  const account = isolate(question.account);
  const other = signedInAs === null ? undefined : isolate(breakable(signedInAs));
  return (
    <Arrival step="question" isNew>
      <Card title={fill(asking[questionTitle(question)], { account })}>
        <p className={styles.text}>
          {other === undefined
            ? fill(isSignUp ? asking.explainCreate : asking.explain, { application })
            : fill(asking.explainOther, { account, application, other })}
        </p>
        {other === undefined ? (
          <>
            {button(messages.continue, 'primary', () => confirm({ confirmation: proof }))}
            {button(asking.notMe, 'secondary', giveUp)}
          </>
        ) : (
          <>
            {button(fill(asking.switch, { account }), 'primary', () => answer('switch'))}
            {question.can_add
              ? button(fill(asking.add, { account }), 'secondary', () => answer('add'))
              : null}
            {button(fill(asking.stay, { other }), 'secondary', stay)}
            <p className={styles.text}>{asking.stayGood}</p>
          </>
        )}
      </Card>
    </Arrival>
  );

  function answer(signedIn: 'switch' | 'add') {
    confirm({ confirmation: proof, signedIn });
  }

  function stay() {
    giveUp();
    way.leave();
  }
}

function button(text: string, look: 'primary' | 'secondary', act: () => void) {
  return (
    <button
      type="button"
      className={controls[look]}
      onClick={({ isTrusted }: MouseEvent) => {
        if (!isTrusted) return;
        expectFocus();
        act();
      }}
    >
      {text}
    </button>
  );
}

/** A whole address is long: on a phone it may go on in the next line at its sign (UAX 14, ZW). */
function breakable(account: string): string {
  return account.replace('@', '\u200b@');
}

/** An account keeps its direction inside a sentence of another (Unicode, UAX 9, section 2.4). */
function isolate(account: string): string {
  return `\u2068${account}\u2069`;
}
