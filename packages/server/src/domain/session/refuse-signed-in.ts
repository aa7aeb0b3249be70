import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/**
 * Refuses a new sign-in where the client already holds a live session: always in
 * single-session mode (`session_exists`), for the same user otherwise
 * (`identifier_already_signed_in` with `meta.session_id`). An impersonation goes beside the
 * session that is there, and nothing goes beside an impersonation. Whoever chose to switch
 * is not refused: the sessions that are there end when the new one opens. Nothing is spent.
 */
export async function refuseSignedIn(
  world: World,
  caller: Caller,
  userId: string | undefined,
  { isImpersonation = false, isSwitch = false } = {},
): Promise<void> {
  if (!caller.client) return;
  const live = await world.store.sessions.listLive(caller.client.id, world.clock.now());
  if (live.some(({ session }) => session.actor !== undefined)) {
    throw new Refusal(
      'session_creation_not_allowed',
      'You are acting as somebody else here. Stop that first.',
    );
  }
  if (live.length === 0 || isImpersonation || isSwitch) return;
  if (world.instance.settings.isSingleSession) {
    throw new Refusal(
      'session_exists',
      'Somebody is signed in here already. Sign out first, or go on as that person.',
    );
  }
  const same = live.find(({ session }) => session.userId === userId);
  if (same) {
    throw new Refusal(
      'identifier_already_signed_in',
      'You are signed in with this account already.',
      {
        session_id: same.session.id,
      },
    );
  }
}
