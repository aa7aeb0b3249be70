import { sessionEntry } from '../audit-log/session-entry.ts';
import { noBrowser } from '../client/identify.ts';
import { requireMembership } from '../organization/find.ts';
import { notFound, Refusal } from '../refusal.ts';
import { draftSignIn } from '../sign-in/sign-in.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { World } from '../world.ts';
import { draftSession, refuseFailedOpening } from './open.ts';
import type { Session } from './session.ts';

/**
 * A session in a client of its own, without signing in: for tests of the customer's
 * server. Refused in production (`request_invalid_for_instance`).
 *
 * @param organizationId the organization to make active, which the user must belong to
 */
export async function createSessionDirectly(
  world: World,
  userId: string,
  organizationId?: string,
): Promise<Session> {
  if (world.instance.type === 'production') {
    throw new Refusal(
      'request_invalid_for_instance',
      'Sessions are made directly in development only. Issue a sign-in token.',
    );
  }
  const user = await world.store.users.find(userId);
  if (!user) throw notFound('user');
  refuseUnusable(user, world.clock.now());
  if (organizationId !== undefined) await requireMembership(world, organizationId, user.id);
  const opened = draftSession(world, noBrowser, user.id, { strategy: 'admin', organizationId });
  const signIn = {
    ...draftSignIn(world, opened.client.id),
    status: 'complete',
    userId: user.id,
    createdSessionId: opened.session.id,
  } as const;
  const outcome = await world.store.openings.open(
    {
      ...opened,
      formerClientId: undefined,
      devBrowserHash: undefined,
      attempt: { kind: 'sign_in', signIn, isNew: true },
      consumedToken: undefined,
      auditEntry: sessionEntry(world, noBrowser, opened.session, undefined),
    },
    world.clock.now(),
  );
  await refuseFailedOpening(world, outcome, user.id);
  return opened.session;
}
