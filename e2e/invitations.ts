import type { Page } from 'playwright-core';
import { newAddress } from '../tooling/new-address.ts';
import type { Server } from './server.ts';
import type { Stage } from './stage.ts';

export interface Invitation {
  readonly id: string;
  readonly email: string;
  /** The link of the mail. */
  readonly url: string;
  readonly ticket: string;
}

/** Invites somebody new, for a day. */
export async function invite(server: Server, redirectUrl?: string): Promise<Invitation> {
  const email = newAddress('guest');
  const { id, url } = await server.call<{ id: string; url: string }>('POST', '/invitations', {
    email_address: email,
    redirect_url: redirectUrl,
    expires_in_days: 1,
  });
  return { id, email, url, ticket: new URL(url).searchParams.get('ticket') ?? '' };
}

/** A page where an invitation makes an account. */
export interface InvitationPage {
  readonly kind: string;
  /** Its address with a ticket. */
  readonly link: (stage: Pick<Stage, 'server' | 'app'>, ticket: string) => string;
}

/** The four of them: hosted and embedded, the steps of the form in path and hash. */
export const invitationPages: readonly InvitationPage[] = [
  { kind: 'hosted', link: below('server', '/sign-up?') },
  { kind: 'embedded, path', link: below('app', '/sign-up?') },
  { kind: 'embedded, hash', link: below('app', '/sign-up-hash#/?') },
  {
    kind: 'embedded, combined, hash',
    link: below('app', '/sign-in-hash#/?__clerk_status=sign_up&'),
  },
];

function below(part: 'server' | 'app', page: string): InvitationPage['link'] {
  return (stage, ticket) => `${stage[part].url}${page}__clerk_ticket=${ticket}`;
}

/** What whoever was let in sees. */
export const greeting = /Held at the will-call window|^You are signed in$/;

/** Fills in what the invitation has not settled. */
export async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('First name').fill('Grace');
  await page.getByLabel('Password', { exact: true }).fill('a row of eleven seats');
}

/** The heading of the form that an invitation opens. */
export function invitedHeading(page: Page) {
  return page.getByRole('heading', { name: 'Accept your invitation' });
}

export function createButton(page: Page) {
  return page.getByRole('button', { name: 'Create account' });
}
