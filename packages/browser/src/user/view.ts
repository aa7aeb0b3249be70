import type { UserJSON } from '@willcall/contract';
import { later } from '../page/later.ts';
import type { Page } from '../page/page.ts';
import { reuseView } from '../page/reuse-view.ts';
import { fromWire } from '../request/wire.ts';
import { loadSessionCalls } from '../session/load-calls.ts';
import type { User } from './user.ts';

/**
 * A user as users of this package see it.
 *
 * @param sessionId the session of this browser that speaks for the user
 */
export function viewUser(page: Page, json: UserJSON, sessionId: string): User {
  return reuseView(page, `${sessionId} user`, json, () => {
    const user = fromWire(json);
    return {
      ...user,
      fullName: [user.firstName, user.lastName].filter(Boolean).join(' ') || undefined,
      primaryEmailAddress: user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId),
      ...later([page, sessionId], loadSessionCalls, callNames),
    };
  });
}

const callNames = [
  'update',
  'changePassword',
  'getSessions',
  'createTotp',
  'verifyTotp',
  'disableTotp',
  'createBackupCodes',
  'getOrganizationMemberships',
  'verify',
  'createOrganization',
] as const;
