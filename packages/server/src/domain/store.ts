import type { AuditLogStore } from './audit-log/audit-log.ts';
import type { ClientStore } from './client/client.ts';
import type { GestureStore } from './client/gesture.ts';
import type { KnownDeviceStore } from './client/known-device.ts';
import type { DevBrowserStore } from './client/dev-browser.ts';
import type { EnterpriseConnectionStore } from './enterprise/connection.ts';
import type { EnterpriseVisitStore } from './enterprise/visit.ts';
import type { HandoverStore } from './handshake/handover.ts';
import type { HandshakeStore } from './handshake/handshake.ts';
import type { FreshProofStore } from './fresh-proof/fresh-proof.ts';
import type { FenceStore } from './instance/fence.ts';
import type { InstanceStore } from './instance/instance.ts';
import type { InvitationStore } from './invitation/invitation.ts';
import type { RedirectUrlStore } from './instance/redirect-url.ts';
import type { SecretKeyStore } from './key/secret-key.ts';
import type { SigningKeyStore } from './key/signing-keys.ts';
import type { MailboxStore } from './mail/mailer.ts';
import type { MembershipStore, OrganizationStore } from './organization/organization.ts';
import type { RateLimitStore } from './rate-limit/rate-limit.ts';
import type { RetentionStore } from './retention/purge.ts';
import type { SecondFactorStore } from './second-factor/second-factor.ts';
import type { SessionOpeningStore } from './session/open.ts';
import type { SessionStore } from './session/session.ts';
import type { RefusedRedemptionStore } from './sign-in-token/refused-redemption.ts';
import type { ContinuationStore } from './sign-in-token/continuation.ts';
import type { SignInTokenStore } from './sign-in-token/sign-in-token.ts';
import type { SignInStore } from './sign-in/sign-in.ts';
import type { SignUpStore } from './sign-up/sign-up.ts';
import type { UserStore } from './user/user.ts';

/** Thrown where the storage itself does not work: full, locked, gone. Nothing was written. */
export class StoreUnavailable extends Error {}

/** Thrown where the database was written by a version that came after this one. */
export class NewerDatabase extends Error {}

/** Thrown where the schema lacks steps, and this process shall not run them. */
export class OlderDatabase extends Error {
  /** Their names, oldest first. */
  readonly steps: readonly string[];

  constructor(steps: readonly string[]) {
    super(`the schema lacks ${steps.join(', ')}`);
    this.steps = steps;
  }
}

/** Thrown where a database cannot be used. The message says which, why, and what to do. */
export class DatabaseRefused extends Error {}

/** Thrown where another process holds the data folder in a way that forbids what was asked. */
export class FolderHeld extends Error {
  readonly folder: string;

  constructor(folder: string) {
    super(`another process holds ${folder}`);
    this.folder = folder;
  }
}

/**
 * Lists for people to look at. They may be seconds old, since a replica may answer them: nothing
 * is decided by them, and nothing is written by what they say.
 */
export interface Lists {
  readonly auditLog: Pick<AuditLogStore, 'list'>;
  readonly invitations: Pick<InvitationStore, 'list' | 'count'>;
  readonly organizations: Pick<OrganizationStore, 'list' | 'count'>;
  readonly sessions: Pick<SessionStore, 'list' | 'count'>;
  readonly signInTokens: Pick<SignInTokenStore, 'list'>;
  readonly users: Pick<UserStore, 'list' | 'count'>;
}

/** Lists as they are now, in nobody's way while they are read. */
export interface LatestLists extends Lists {
  readonly memberships: Pick<MembershipStore, 'list' | 'count'>;
}

/**
 * What the rules ask of storage. Each method is atomic: all of it is durable when its
 * promise resolves, or nothing of it is written.
 */
export interface Store {
  readonly auditLog: AuditLogStore;
  readonly clients: ClientStore;
  readonly continuations: ContinuationStore;
  readonly devBrowsers: DevBrowserStore;
  readonly enterpriseConnections: EnterpriseConnectionStore;
  readonly enterpriseVisits: EnterpriseVisitStore;
  readonly fence: FenceStore;
  readonly freshProofs: FreshProofStore;
  readonly gestures: GestureStore;
  readonly handovers: HandoverStore;
  readonly handshakes: HandshakeStore;
  readonly instance: InstanceStore;
  readonly invitations: InvitationStore;
  readonly knownDevices: KnownDeviceStore;
  readonly latestLists: LatestLists;
  readonly lists: Lists;
  readonly mailbox: MailboxStore;
  readonly memberships: MembershipStore;
  readonly openings: SessionOpeningStore;
  readonly organizations: OrganizationStore;
  readonly rateLimits: RateLimitStore;
  readonly redirectUrls: RedirectUrlStore;
  readonly refusedRedemptions: RefusedRedemptionStore;
  readonly retention: RetentionStore;
  readonly secondFactors: SecondFactorStore;
  readonly secretKeys: SecretKeyStore;
  readonly sessions: SessionStore;
  readonly signInTokens: SignInTokenStore;
  readonly signIns: SignInStore;
  readonly signUps: SignUpStore;
  readonly signingKeys: SigningKeyStore;
  readonly users: UserStore;
  /** Where several processes share it: what its clock says, epoch milliseconds. */
  readonly now?: (() => Promise<number>) | undefined;
  /** Answers when storage can be read and written; throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
