import { describeError } from '../errors/describe.ts';
import { isAbout } from '../errors/is-about.ts';
import { PageLink } from '../link/page-link.tsx';
import { signInLink, signUpLink } from '../link/page-links.ts';
import controls from '../look/control.module.css';
import styles from '../look/notice.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider, useSnapshot } from '../provider/context.ts';
import { NewLink } from '../ticket/new-link.tsx';
import { newLinkHelps } from '../ticket/new-link-helps.ts';
import { missingAccount } from '../ticket/missing-account.ts';
import type { Redemption } from '../ticket/redemption.ts';

/** Other pages for a ticket that was refused here; without an address, the ones of the app. */
export interface Elsewhere {
  readonly ticket: string;
  readonly signInUrl: string | undefined;
  readonly signUpUrl: string | undefined;
}

interface TicketNoticeProps {
  readonly redemption: Extract<Redemption, { status: 'refused' | 'unsupported' }>;
  readonly retry: () => void;
  readonly elsewhere: Elsewhere | undefined;
}

/** Why a ticket did not work, what to do next, and whom to ask. */
export function TicketNotice({ redemption, retry, elsewhere }: TicketNoticeProps) {
  const messages = useMessages();
  const { environment } = useSnapshot();
  const isRefused = redemption.status === 'refused';
  const text = isRefused
    ? describeError(messages, redemption.error)
    : fill(messages.ticket.unsupported, { status: redemption.step });
  const address = environment?.supportEmail;
  return (
    <div className={styles.reason}>
      <ErrorNotice>
        {text}
        {address ? <Contact address={address} text={messages.contact} /> : null}
      </ErrorNotice>
      {isRefused && redemption.canRetry ? (
        <button type="button" className={controls.secondary} onClick={retry}>
          {messages.retry}
        </button>
      ) : null}
      {isRefused && isAbout(redemption.error, newLinkHelps) ? <NewLink /> : null}
      {isRefused && elsewhere ? <OtherPage {...{ elsewhere }} error={redemption.error} /> : null}
    </div>
  );
}

/** The page where the same ticket is good: there is an account already, or there is none yet. */
function OtherPage({
  elsewhere,
  error,
}: {
  readonly elsewhere: Elsewhere;
  readonly error: unknown;
}) {
  const { settings } = useProvider();
  const { environment } = useSnapshot();
  const messages = useMessages();
  const { ticket, signInUrl, signUpUrl } = elsewhere;
  const hasNone = isAbout(error, missingAccount);
  if (!hasNone && !isAbout(error, existingAccount)) return null;
  const page = hasNone
    ? signUpLink(signUpUrl, settings, environment)
    : signInLink(signInUrl, settings, environment);
  const url = new URL(page, location.href);
  url.searchParams.set('__clerk_ticket', ticket);
  if (hasNone) url.searchParams.set('__clerk_status', 'sign_up');
  return (
    <PageLink href={url.href} look="primary">
      {hasNone ? messages.ticket.acceptBySigningUp : messages.ticket.acceptBySigningIn}
    </PageLink>
  );
}

const existingAccount = ['organization_invitation_identification_already_exists'];

/** The sentence about an address, with the address as a link. */
function Contact({ address, text }: { readonly address: string; readonly text: string }) {
  const [before, after] = text.split('{address}');
  return (
    <>
      {` ${before}`}
      <a href={`mailto:${address}`}>{address}</a>
      {after}
    </>
  );
}
