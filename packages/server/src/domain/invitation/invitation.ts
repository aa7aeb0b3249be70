import type { InvitationStatus, Metadata } from '@willcall/contract';
import type { JoinOutcome, Membership, Role } from '../organization/organization.ts';

/** An invitation by mail: to make an account, or to belong to an organization. Only the hash of its secret is kept. */
export interface Invitation {
  readonly id: string;
  /** Where it leads besides an account; `undefined` for the application alone. */
  readonly organizationId: string | undefined;
  /** The role in the organization. */
  readonly role: Role | undefined;
  readonly inviterUserId: string | undefined;
  readonly emailAddress: string;
  readonly secretHash: string;
  /** As written; see `statusOf` for what has expired. */
  readonly status: 'pending' | 'accepted' | 'revoked';
  readonly redirectUrl: string | undefined;
  /** For the new user, or for the membership. */
  readonly publicMetadata: Metadata;
  readonly privateMetadata: Metadata;
  readonly expiresAt: number;
  readonly acceptedUserId: string | undefined;
  /** The session that was opened with its ticket. */
  readonly sessionId: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The status as of now: nobody writes down that an invitation expired. */
export function statusOf({ status, expiresAt }: Invitation, now: number): InvitationStatus {
  return status === 'pending' && expiresAt <= now ? 'expired' : status;
}

export interface InvitationFilter {
  /** An id, `any` organization, or `none`: invitations to the application. */
  readonly organization: { readonly id: string } | 'any' | 'none';
  /** `undefined`: all that were not revoked. */
  readonly statuses: readonly InvitationStatus[] | undefined;
  /** Part of the address, or the whole id. */
  readonly query?: string | undefined;
  readonly emailAddresses?: readonly string[] | undefined;
}

export interface InvitationPage {
  readonly orderBy: 'created_at' | 'email_address' | 'expires_at';
  readonly isAscending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** An invitation to write, and whether another pending one for the address forbids it. */
export interface InvitationDraft {
  readonly invitation: Invitation;
  readonly isUnique: boolean;
}

/** Thrown by the store where a pending invitation has the address; nothing was written. */
export class InvitationConflict extends Error {}

/** How an invitation is accepted: its row and the membership are written together. */
export interface InvitationAcceptance {
  readonly id: string;
  readonly userId: string;
  /** How long ago it may have expired, for somebody who began in time. Milliseconds. */
  readonly lateBy: number;
  readonly sessionId: string | undefined;
  /** The membership of an invitation to an organization. */
  readonly membership: Membership | undefined;
}

/** Why an acceptance wrote nothing. Whoever is a member already accepts all the same. */
export type FailedAcceptance =
  | 'invitation_not_pending'
  | Exclude<JoinOutcome, 'joined' | 'already_a_member'>;

export interface InvitationStore {
  /** Writes all or none. Throws {@link InvitationConflict}. */
  add(drafts: readonly InvitationDraft[], now: number): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  find(id: string): Promise<Invitation | undefined>;
  list(filter: InvitationFilter, page: InvitationPage, now: number): Promise<readonly Invitation[]>;
  count(filter: InvitationFilter, now: number): Promise<number>;
  /** Revokes a pending one, expired or not; `undefined` for every other. */
  revoke(id: string, at: number): Promise<Invitation | undefined>;
  /** Accepts for somebody who is signed in already. */
  accept(acceptance: InvitationAcceptance, now: number): Promise<'accepted' | FailedAcceptance>;
}
