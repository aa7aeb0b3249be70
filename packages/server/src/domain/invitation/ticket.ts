import { type Credential, readCredential, writeCredential } from '../credential.ts';
import type { IdPrefix } from '../id.ts';
import type { Secret } from '../secret.ts';
import type { Invitation } from './invitation.ts';

/** What the ticket of an invitation begins with, and what its record's id does. */
const forms: readonly { ticket: string; id: IdPrefix }[] = [
  { ticket: 'wci', id: 'inv' },
  { ticket: 'wco', id: 'orginv' },
];

/** The prefix of an invitation's id. */
export function invitationIdPrefix(isForOrganization: boolean): IdPrefix {
  return isForOrganization ? 'orginv' : 'inv';
}

/** The ticket of an invitation: 58 URL-safe characters, 160 random bits. */
export function writeInvitationTicket({ id }: Pick<Invitation, 'id'>, secret: string): Secret {
  const form = forms.find((each) => id.startsWith(`${each.id}_`));
  if (!form) throw new TypeError('an invitation has an id of its own kind');
  return writeCredential(form.ticket, id, secret);
}

/** Reads the ticket of an invitation; `undefined` when the text is none. */
export function readInvitationTicket(text: string): Credential | undefined {
  for (const { ticket, id } of forms) {
    const credential = readCredential(ticket, id, text);
    if (credential) return credential;
  }
  return undefined;
}
