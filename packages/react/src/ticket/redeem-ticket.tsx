import { type ReactNode, useEffect } from 'react';
import { type DestinationProps, useLeave } from '../destination/use-leave.ts';
import { describeError } from '../errors/describe.ts';
import { MissingPart } from '../entrance/missing-part.tsx';
import { prepare } from '../entrance/load-late.ts';
import { RetryButton } from '../form/retry-button.tsx';
import { BusyCard, Card } from '../look/card.tsx';
import { ErrorNotice } from '../look/notice.tsx';
import { Root } from '../look/root.tsx';
import { fill } from '../messages/fill.ts';
import type { EntranceMessages } from '../messages/messages.ts';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import { type LateMessages, useLateMessages } from '../messages/use-late-messages.ts';
import { useIsMounted, useProvider, useSnapshot } from '../provider/context.ts';
import type { Redemption } from './redemption.ts';
import { type RedemptionState, type UsedRedemption, useRedemption } from './use-redemption.ts';

/** What a layout of one's own can show. */
export type RedeemTicketState =
  | { readonly status: 'redeeming' }
  /** The session is active; the page is about to be left, unless it is the destination itself. */
  | { readonly status: 'complete'; readonly hasStayed: boolean }
  | {
      readonly status: 'refused';
      readonly error: unknown;
      /** What happened and what to do next, in the language of the components. */
      readonly message: string;
      /** Sends the same ticket again; `undefined` where that cannot help. */
      readonly retry: (() => void) | undefined;
    }
  /**
   * The server asks for a step, `needs_second_factor` for one, or a task of the new session,
   * `choose-organization` for one, that only `<SignIn/>` may know.
   */
  | { readonly status: 'unsupported'; readonly step: string; readonly message: string };

export interface RedeemTicketProps extends DestinationProps {
  /** The ticket, taken from wherever this page gets it. Redeemed at once. */
  readonly token: string;
  /** Draws the states. Default: a card. */
  readonly children?: ((state: RedeemTicketState) => ReactNode) | undefined;
}

/**
 * Redeems a ticket in a layout of one's own: no form, no parameters of the address taken.
 * Once for each ticket, however often it is mounted; then goes to the destination.
 */
export function RedeemTicket({ token, children, ...destination }: RedeemTicketProps) {
  if (!token) throw new TypeError('<RedeemTicket> needs the prop token: the ticket to redeem.');
  const isMounted = useIsMounted();
  const { leave, hasStayed } = useLeave(destination);
  const used = useRedemption(isMounted ? token : undefined, 'code', leave);
  const redemption = useTasks(used.redemption);
  const { language } = useProvider();
  useEffect(() => prepare(language, true), [language]);
  const entrance = useEntranceMessages();
  const texts = useLateMessages(hasStayed ? 'all' : textsFor(redemption));
  const state = describe({ ...used, redemption, hasStayed }, texts, entrance);
  return children ? <>{children(state)}</> : <DefaultLayout {...{ state, texts, entrance }} />;
}

/** A session that is pending has something to do first, which there is no form for here. */
function useTasks(redemption: RedemptionState): RedemptionState {
  const { session } = useSnapshot();
  const isPending =
    redemption?.status === 'complete' &&
    session?.id === redemption.sessionId &&
    session.status === 'pending';
  if (!isPending) return redemption;
  return { status: 'unsupported', step: session.tasks[0]?.key ?? session.status };
}

function textsFor(redemption: RedemptionState): 'all' | 'outage' | undefined {
  if (redemption?.status === 'refused') return redemption.canRetry ? 'outage' : 'all';
  return redemption && 'step' in redemption ? 'all' : undefined;
}

/** A refusal is told once its text is there; until then the ticket counts as at work. */
function describe(
  {
    redemption,
    retry,
    hasStayed,
  }: Pick<UsedRedemption, 'redemption' | 'retry'> & { readonly hasStayed: boolean },
  texts: LateMessages | undefined,
  entrance: EntranceMessages | undefined,
): RedeemTicketState {
  if (redemption?.status === 'complete') return { status: 'complete', hasStayed };
  // Nobody is asked here: what must be confirmed first is refused.
  if (redemption?.status === 'asked') return { status: 'redeeming' };
  if (!texts || !redemption || redemption.status === 'redeeming') return { status: 'redeeming' };
  const message = texts === 'missing' ? (entrance?.missing ?? '') : messageOf(redemption, texts);
  if (redemption.status !== 'refused')
    return { status: 'unsupported', step: redemption.step, message };
  const { error, canRetry } = redemption;
  return { status: 'refused', error, message, retry: canRetry ? retry : undefined };
}

type Stopped = Extract<Redemption, { status: 'refused' } | { step: string }>;

function messageOf(redemption: Stopped, texts: Exclude<LateMessages, 'missing'>): string {
  if (redemption.status === 'refused') return describeError(texts, redemption.error);
  if (!('unsupported' in texts.ticket)) return texts.unknownError;
  return fill(texts.ticket.unsupported, { status: redemption.step });
}

interface DefaultLayoutProps {
  readonly state: RedeemTicketState;
  readonly texts: LateMessages | undefined;
  readonly entrance: EntranceMessages | undefined;
}

function DefaultLayout({ state, texts, entrance }: DefaultLayoutProps) {
  return <Root name="redeem-ticket">{draw()}</Root>;

  function draw() {
    const hasStayed = state.status === 'complete' && state.hasStayed;
    if (!texts || state.status === 'redeeming' || (state.status === 'complete' && !hasStayed))
      return <BusyCard title={entrance?.ticket.redeeming} />;
    if (texts === 'missing')
      return (
        <Card>
          <MissingPart />
        </Card>
      );
    if (state.status === 'complete')
      return <Card title={'signIn' in texts ? texts.signIn.signedInTitle : undefined} />;
    const retry = state.status === 'refused' ? state.retry : undefined;
    return (
      <Card title={'refused' in texts.ticket ? texts.ticket.refused : texts.title}>
        <ErrorNotice>{state.message}</ErrorNotice>
        {retry ? (
          <RetryButton look="secondary" onRetry={retry}>
            {texts.retry}
          </RetryButton>
        ) : null}
      </Card>
    );
  }
}
