import { type ReactNode, useEffect, useRef } from 'react';
import type { Environment } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { BusyCard } from '../look/card.tsx';
import { Root } from '../look/root.tsx';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import { useIsMounted, useProvider, useSnapshot } from '../provider/context.ts';
import type { RoutingProps } from '../route/use-step.ts';
import { takeTicket } from '../ticket/take.ts';
import type { RedemptionState, UsedRedemption } from '../ticket/use-redemption.ts';
import { Arriving } from './arriving.tsx';
import { lazyCard, lazyPart } from './lazy-part.tsx';
import { loadLate, prepare } from './load-late.ts';
import type { Elsewhere } from './ticket-notice.tsx';

// What a ticket that works does not need comes in parts of its own.
const Interruption = lazyPart(() => import('./interruption.tsx'));
const RetryCard = lazyCard(async () => ({ default: (await loadLate()).RetryCard }));

interface EntranceRootProps {
  readonly name: string;
  /** The heading while the server is asked. */
  readonly title?: string | undefined;
  /** Drawn in a page only, once hydration is over. */
  readonly children: ReactNode;
}

/**
 * The outermost element of a component. On a server, and until hydration is over, it holds
 * the same waiting card, so that both sides agree.
 */
export function EntranceRoot({ name, title, children }: EntranceRootProps) {
  const { willcall } = useProvider();
  const isMounted = useIsMounted();
  // Already here, not only in `useTicket`: at hydration that one comes after the first request.
  useEffect(() => void takeTicket(willcall), [willcall]);
  return <Root name={name}>{isMounted ? children : <BusyCard title={title} />}</Root>;
}

interface EntranceProps extends Omit<UsedRedemption, 'redemption'> {
  /** `waiting` until the ticket is sent, by this page or another. */
  readonly redemption: RedemptionState | { readonly status: 'waiting' };
  /** Does without the ticket, which stays good. */
  readonly giveUp: () => void;
  /** The heading while the server is asked. */
  readonly title?: string | undefined;
  readonly way: Leave;
  readonly routing: RoutingProps;
  /** Another page for a ticket that was refused here, for the link below the reason. */
  readonly elsewhere: Elsewhere | undefined;
  /** The form; `notice` tells what became of a ticket, if there was one. */
  readonly children: (environment: Environment, notice: ReactNode) => ReactNode;
}

/** What a person sees before the form: the ticket at work, a load that failed, signed in already. */
export function Entrance(props: EntranceProps) {
  const { title, redemption, retry, confirm, giveUp, way, routing, elsewhere, children } = props;
  const { loadError, reload, language } = useProvider();
  const messages = useEntranceMessages();
  const { environment, session } = useSnapshot();
  const isRefused = redemption?.status === 'refused' || redemption?.status === 'unsupported';
  const isPending = session?.status === 'pending';
  const isSignedIn = session !== undefined && environment?.isSingleSession === true;
  // A ticket that waits for a step has nothing to wait for once another tab has signed in.
  const isIdle = redemption === undefined || redemption.status === 'next';
  const isAdmitted = isSignedIn && !isPending && isIdle;
  const mayPass = redemption?.status === 'refused' && redemption.canRetry;
  const { leave, hasStayed } = way;
  useEffect(() => {
    if (isAdmitted) leave();
  }, [isAdmitted, leave]);

  const hasTicket = redemption !== undefined;
  useEffect(() => prepare(language, hasTicket), [language, hasTicket]);

  const isDone = redemption?.status === 'complete';
  const wasIn = useRef(false);
  useEffect(() => {
    if (isDone && session) wasIn.current = true;
  }, [isDone, session]);

  // Whoever stayed here, or was in by it and signed out, has done with the ticket.
  const hasGone = hasStayed || (wasIn.current && session === undefined);
  const isEntering = isDone && !hasGone && !isPending;
  const busy = <BusyCard title={redemption ? messages?.ticket.redeeming : title} />;
  if (redemption?.status === 'redeeming' || isEntering) return busy;
  const notice = isRefused ? (
    <Interruption by="refusal" {...{ redemption, retry, elsewhere }} />
  ) : null;
  const stays = session !== undefined && (hasStayed || (isSignedIn && isRefused));
  if (!environment && !loadError) return busy;
  if (!stays && isAdmitted) return busy;
  return <Arriving fallback={busy}>{draw()}</Arriving>;

  function draw() {
    if (environment && !mayPass) return drawForm(environment);
    return (
      <RetryCard error={mayPass ? redemption.error : loadError} onRetry={tryAgain}>
        {environment && (() => drawForm(environment))}
      </RetryCard>
    );
  }

  function drawForm(present: Environment) {
    if (redemption?.status === 'asked') {
      const { question } = redemption;
      return <Interruption by="question" {...{ question, confirm, giveUp, way }} />;
    }
    // What a ticket that another page takes leaves to be done is for that page.
    if (redemption?.status === 'waiting') return children(present, null);
    if (session && isPending) return <Interruption by="task" {...{ session, way, routing }} />;
    if (stays) return <Interruption by="session" way={way} notice={notice} />;
    return children(present, notice);
  }

  function tryAgain() {
    if (loadError) reload();
    retry();
  }
}
