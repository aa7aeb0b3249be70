import type { ActiveSessionJSON, OrganizationMembershipJSON } from '@willcall/contract';
import type { Page } from '../page/page.ts';
import { tellTabs } from '../page/tabs.ts';
import { pageError } from '../request/errors.ts';
import { requireText } from '../request/require-text.ts';
import { type Call, send } from '../request/send.ts';
import { fromWire } from '../request/wire.ts';
import type {
  BackupCodes,
  ChangePasswordParams,
  CreateOrganizationParams,
  Organization,
  OrganizationMembership,
  Totp,
  UpdateUserParams,
  User,
  UserSession,
  VerifyTotpParams,
} from './user.ts';

export { verify } from './verify.ts';

/** See `User.update`. */
export async function update(page: Page, id: string, params: UpdateUserParams): Promise<User> {
  await change(page, id, { method: 'PATCH', path: '/me', form: params });
  return userOf(page, id);
}

/** See `User.changePassword`. */
export async function changePassword(
  page: Page,
  id: string,
  params: ChangePasswordParams,
): Promise<User> {
  requireText(params, 'changePassword', 'newPassword');
  await change(page, id, { path: '/me/change_password', form: params });
  return userOf(page, id);
}

/** See `User.createTotp`. */
export async function createTotp(page: Page, id: string): Promise<Totp> {
  return change<Totp>(page, id, { path: '/me/totp' });
}

/** See `User.verifyTotp`. */
export async function verifyTotp(page: Page, id: string, params: VerifyTotpParams): Promise<Totp> {
  requireText(params, 'verifyTotp', 'code');
  return change<Totp>(page, id, { path: '/me/totp/attempt_verification', form: params });
}

/** See `User.disableTotp`. */
export async function disableTotp(page: Page, id: string): Promise<void> {
  await change(page, id, { method: 'DELETE', path: '/me/totp' });
}

/** See `User.createBackupCodes`. */
export async function createBackupCodes(page: Page, id: string): Promise<BackupCodes> {
  return change<BackupCodes>(page, id, { path: '/me/backup_codes' });
}

/** See `User.createOrganization`. */
export async function createOrganization(
  page: Page,
  id: string,
  params: CreateOrganizationParams,
): Promise<Organization> {
  requireText(params, 'createOrganization', 'name');
  return change<Organization>(page, id, { path: '/organizations', form: params });
}

/** See `User.getSessions`. */
export async function getSessions(page: Page, id: string): Promise<readonly UserSession[]> {
  const query = forSession(id);
  const path = '/me/sessions/active';
  const sessions = await send<ActiveSessionJSON[]>(page, { method: 'GET', path, query });
  return sessions.map((session) => ({
    ...fromWire(session),
    revoke: async () => {
      await send(page, { path: `/me/sessions/${session.id}/revoke`, query });
      tellTabs(page);
    },
  }));
}

/** See `User.getOrganizationMemberships`. All of them, page by page. */
export async function getOrganizationMemberships(
  page: Page,
  id: string,
): Promise<readonly OrganizationMembership[]> {
  const found: OrganizationMembershipJSON[] = [];
  for (;;) {
    const { data, total_count: total } = await send<{
      readonly data: readonly OrganizationMembershipJSON[];
      readonly total_count: number;
    }>(page, {
      method: 'GET',
      path: '/me/organization_memberships',
      query: {
        ...forSession(id),
        ...{ paginated: 'true', limit: '100', offset: String(found.length) },
      },
    });
    found.push(...data);
    if (data.length === 0 || found.length >= total) return found.map((each) => fromWire(each));
  }
}

async function change<Resource>(page: Page, id: string, call: Call): Promise<Resource> {
  const resource = await send<object>(page, { ...call, query: forSession(id) });
  tellTabs(page);
  return fromWire(resource) as Resource;
}

/** Names the session that a call below `/me` speaks for: a browser may hold several. */
function forSession(id: string): Record<string, string> {
  return { _clerk_session_id: id };
}

function userOf(page: Page, sessionId: string): User {
  const session = page.snapshot.client?.sessions.find(({ id }) => id === sessionId);
  if (session) return session.user;
  throw pageError('authentication_invalid', 'This session has ended meanwhile. Sign in again.');
}
