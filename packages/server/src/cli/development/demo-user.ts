import { operator } from '../../domain/audit-log/audit-log.ts';
import { signInLink } from '../../domain/sign-in-token/link.ts';
import { issueToken } from '../../domain/sign-in-token/issue.ts';
import { createUser } from '../../domain/user/create.ts';
import { isLocked, primaryEmailAddress, type User } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';

/** Somebody to sign in with, and a link that does it once. */
export interface Demo {
  readonly userId: string;
  /** The name to show, an e-mail address where there is one. */
  readonly name: string;
  readonly link: string;
}

const lifetimeSeconds = 86_400;

/**
 * A fresh sign-in link for the demo user, who is made when there are no users at all. With
 * that one gone it is for the oldest user who may sign in; `undefined` when nobody may.
 */
export async function issueDemoLink(world: World): Promise<Demo | undefined> {
  const user = await findDemoUser(world);
  if (!user) return undefined;
  const terms = {
    userId: user.id,
    lifetimeSeconds: Math.min(lifetimeSeconds, world.instance.settings.maxTokenLifetimeSeconds),
  };
  const { token, ticket } = await issueToken(world, terms, operator);
  return {
    userId: user.id,
    name: primaryEmailAddress(user)?.value ?? user.username ?? user.id,
    link: signInLink(world, token, ticket),
  };
}

async function findDemoUser(world: World): Promise<User | undefined> {
  const { users } = world.store;
  if ((await users.count({})) === 0) {
    return createUser(world, {
      emailAddresses: ['demo@example.com'],
      firstName: 'Ada',
      lastName: 'Lovelace',
    });
  }
  const demo = await users.findByIdentification('email_address', 'demo@example.com');
  const oldest = await users.list(
    {},
    { orderBy: 'created_at', isAscending: true, limit: 100, offset: 0 },
  );
  const candidates = demo ? [demo, ...oldest] : oldest;
  return candidates.find((user) => !user.isBanned && !isLocked(user, world.clock.now()));
}
