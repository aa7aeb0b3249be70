import type { LatestLists, Store } from '../domain/store.ts';
import { auditLogStore } from './audit-log.ts';
import { clientStore, devBrowserStore } from './clients.ts';
import { continuationStore } from './continuations.ts';
import type { Engine, Reader } from './engine.ts';
import { enterpriseConnectionStore } from './enterprise-connections.ts';
import { enterpriseVisitStore } from './enterprise-visits.ts';
import { fenceStore } from './fence.ts';
import { freshProofStore } from './fresh-proofs.ts';
import { gestureStore } from './gestures.ts';
import { instanceStore, redirectUrlStore } from './instances.ts';
import { invitationStore } from './invitations.ts';
import { knownDeviceStore } from './known-devices.ts';
import { refusedRedemptionStore } from './refused-redemptions.ts';
import { rateLimitStore } from './rate-limits.ts';
import { retentionStore } from './retention.ts';
import { secretKeyStore, signingKeyStore } from './keys.ts';
import { mailboxStore } from './mailbox.ts';
import { membershipStore } from './memberships.ts';
import { migrate, type WhenBehind } from './migrations.ts';
import { organizationStore } from './organizations.ts';
import { secondFactorStore } from './second-factors.ts';
import { sessionOpeningStore } from './session-openings.ts';
import { sessionStore } from './sessions.ts';
import { signInTokenStore } from './sign-in-tokens.ts';
import { signInStore } from './sign-ins.ts';
import { signUpStore } from './sign-ups.ts';
import { handoverStore, handshakeStore } from './single-use.ts';
import { userStore } from './users.ts';

/** Who reads lists, beside the engine. */
export interface ListReaders {
  /** Reads what was committed, and is in nobody's way meanwhile. Default: the engine. */
  readonly aside?: Reader | undefined;
  /** May be seconds behind. Default: the one aside. */
  readonly replica?: Reader | undefined;
}

/** Brings the schema up to date, or refuses one that is behind, and answers the store over the engine. */
export async function openStore(
  engine: Engine,
  whenBehind?: WhenBehind,
  { aside = engine, replica = aside }: ListReaders = {},
): Promise<Store> {
  await migrate(engine, whenBehind);
  return {
    auditLog: auditLogStore(engine),
    clients: clientStore(engine),
    continuations: continuationStore(engine),
    devBrowsers: devBrowserStore(engine),
    enterpriseConnections: enterpriseConnectionStore(engine),
    enterpriseVisits: enterpriseVisitStore(engine),
    fence: fenceStore(engine),
    freshProofs: freshProofStore(engine),
    gestures: gestureStore(engine),
    handovers: handoverStore(engine),
    handshakes: handshakeStore(engine),
    instance: instanceStore(engine),
    invitations: invitationStore(engine),
    knownDevices: knownDeviceStore(engine),
    latestLists: listsOver({ ...engine, get: aside.get, all: aside.all }),
    lists: listsOver({ ...engine, get: replica.get, all: replica.all }),
    mailbox: mailboxStore(engine),
    memberships: membershipStore(engine),
    openings: sessionOpeningStore(engine),
    organizations: organizationStore(engine),
    rateLimits: rateLimitStore(engine),
    redirectUrls: redirectUrlStore(engine),
    refusedRedemptions: refusedRedemptionStore(engine),
    retention: retentionStore(engine),
    secondFactors: secondFactorStore(engine),
    secretKeys: secretKeyStore(engine),
    sessions: sessionStore(engine),
    signInTokens: signInTokenStore(engine, aside),
    signIns: signInStore(engine),
    signUps: signUpStore(engine),
    signingKeys: signingKeyStore(engine),
    users: userStore(engine, aside),
    now: engine.now,
    ping: () => engine.ping(),
    close: () => engine.close(),
  };
}

function listsOver(engine: Engine): LatestLists {
  return {
    auditLog: auditLogStore(engine),
    invitations: invitationStore(engine),
    memberships: membershipStore(engine),
    organizations: organizationStore(engine),
    sessions: sessionStore(engine),
    signInTokens: signInTokenStore(engine),
    users: userStore(engine),
  };
}
