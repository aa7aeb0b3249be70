import type { Metadata } from '@willcall/contract';
import { newId } from '../id.ts';
import { refuseForeignDestination } from '../instance/destination.ts';
import { type InvitationWords, invitationMail } from '../mail/messages.ts';
import { Refusal, refuseField } from '../refusal.ts';
import { hashSecret, type Secret } from '../secret.ts';
import { parseEmailAddress } from '../user/email-address.ts';
import { newSecret, type World } from '../world.ts';
import { type Invitation, InvitationConflict } from './invitation.ts';
import { invitationLink } from './link.ts';
import { invitationIdPrefix, writeInvitationTicket } from './ticket.ts';

export interface InvitationRequest {
  readonly emailAddress: string;
  readonly publicMetadata?: Metadata | undefined;
  readonly redirectUrl?: string | undefined;
  readonly lifetimeDays?: number | undefined;
  /** Whether the person gets a mail. Default: yes. */
  readonly isMailed?: boolean | undefined;
  /** Whether another invitation for the address does no harm. */
  readonly isRepeatable?: boolean | undefined;
}

/** An invitation with its ticket, which is told once. */
export interface IssuedInvitation {
  readonly invitation: Invitation;
  readonly ticket: Secret;
}

/** As many as one call takes. */
const mostInvitations = 10;

/**
 * Invites people to make an account: all of them or nobody. Refuses an address that has an
 * account (`form_identifier_exists`) or a pending invitation (`duplicate_record`), and a
 * destination outside the allowed origins.
 *
 * @param isAccountIgnored whether `isRepeatable` lets an address with an account pass
 */
export async function inviteToApplication(
  world: World,
  requests: readonly InvitationRequest[],
  { isAccountIgnored }: { isAccountIgnored: boolean },
): Promise<readonly IssuedInvitation[]> {
  refuseTooMany(requests);
  for (const request of requests) {
    const user = await world.store.users.findByIdentification(
      'email_address',
      readAddress(request),
    );
    if (user && !(isAccountIgnored && request.isRepeatable)) {
      throw refuseField(
        'form_identifier_exists',
        'email_address',
        'There is an account with this address already.',
      );
    }
  }
  const drafts = requests.map((request) => ({ ...draftInvitation(world, request), request }));
  const { applicationName } = world.instance.settings;
  return sendInvitations(world, drafts, {
    code: 'duplicate_record',
    words: { applicationName, host: applicationName },
  });
}

/** Refuses an empty list, and one that is longer than a call takes. */
export function refuseTooMany(requests: readonly unknown[]): void {
  if (requests.length <= mostInvitations) return;
  throw new Refusal(
    'bulk_size_exceeded',
    `One call can invite at most ${mostInvitations} people. Make several calls.`,
  );
}

/** What an invitation to an organization has beyond others. */
export type InvitationPlace = Pick<
  Invitation,
  'organizationId' | 'role' | 'inviterUserId' | 'privateMetadata'
>;

/** An invitation that is not yet in the store. */
export function draftInvitation(
  world: World,
  request: InvitationRequest,
  place?: InvitationPlace,
): IssuedInvitation {
  refuseForeignDestination(world, 'redirect_url', request.redirectUrl);
  const now = world.clock.now();
  const secret = newSecret(world);
  const invitation: Invitation = {
    id: newId(world, invitationIdPrefix(place !== undefined)),
    organizationId: place?.organizationId,
    role: place?.role,
    inviterUserId: place?.inviterUserId,
    emailAddress: readAddress(request),
    secretHash: hashSecret(secret),
    status: 'pending',
    redirectUrl: request.redirectUrl,
    publicMetadata: request.publicMetadata ?? {},
    privateMetadata: place?.privateMetadata ?? {},
    expiresAt: now + (request.lifetimeDays ?? defaultDays) * dayMilliseconds,
    acceptedUserId: undefined,
    sessionId: undefined,
    createdAt: now,
    updatedAt: now,
  };
  return { invitation, ticket: writeInvitationTicket(invitation, secret) };
}

const defaultDays = 30;
const dayMilliseconds = 86_400_000;

function readAddress({ emailAddress }: InvitationRequest): string {
  return parseEmailAddress(emailAddress, 'email_address');
}

/**
 * Writes invitations and mails their links. Where one mail cannot be sent nobody is invited:
 * links that are out already lead nowhere.
 *
 * @param code the refusal where an address has a pending invitation
 */
export async function sendInvitations(
  world: World,
  drafts: readonly (IssuedInvitation & { readonly request: InvitationRequest })[],
  {
    code,
    words,
  }: { code: 'duplicate_record' | 'organization_invitation_not_unique'; words: InvitationWords },
): Promise<readonly IssuedInvitation[]> {
  const now = world.clock.now();
  const written = drafts.map(({ invitation, request }) => ({
    invitation,
    isUnique: !request.isRepeatable,
  }));
  await world.store.invitations.add(written, now).catch((error: unknown) => {
    if (!(error instanceof InvitationConflict)) throw error;
    throw new Refusal(code, 'There is a pending invitation for this address. Revoke it first.');
  });
  try {
    for (const { invitation, ticket, request } of drafts) {
      if (request.isMailed === false) continue;
      await world.mailer.send(
        invitationMail(words, invitation.emailAddress, invitationLink(world, ticket)),
      );
    }
  } catch (cause) {
    await world.store.invitations.remove(drafts.map(({ invitation }) => invitation.id));
    if (cause instanceof Refusal && cause.code === 'mail_not_enabled_in_instance') {
      throw new Refusal(
        cause.code,
        'This server has nothing to send mails with, so nobody was invited. Set WILLCALL_SMTP_URL, or invite with notify: false and pass the link on yourself.',
      );
    }
    const message = 'The mail could not be sent, so nobody was invited. Try again in a moment.';
    throw new Refusal('service_unavailable', message, {}, { cause });
  }
  return drafts;
}
