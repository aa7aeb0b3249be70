import { rightPassword } from '../../people.ts';
import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const user = ({ userId }: Scene) => ({ path: { userId } });
const userQuery = {
  email_address: 'a@example.com',
  phone_number: '+12015550123',
  external_id: 'x',
  username: 'someone',
  user_id: 'user_1',
  query: 'a',
  email_address_query: 'a',
  phone_number_query: '1',
  username_query: 'a',
  name_query: 'a',
  banned: 'false',
  last_active_at_before: '1',
  last_active_at_after: '1',
  last_active_at_since: '1',
  created_at_before: '1',
  created_at_after: '1',
  last_sign_in_at_before: '1',
  last_sign_in_at_after: '1',
  limit: '10',
  offset: '0',
  order_by: '-created_at',
};
const profile = {
  external_id: 'ext',
  first_name: 'Ada',
  last_name: 'Byron',
  locale: 'en-GB',
  username: 'ada_byron',
  skip_password_checks: false,
  delete_self_enabled: true,
  create_organization_enabled: false,
  create_organizations_limit: 3,
  legal_accepted_at: '2026-01-01T00:00:00Z',
  skip_legal_checks: true,
  public_metadata: { plan: 'gold' },
  private_metadata: { note: 1 },
  unsafe_metadata: {},
  totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  backup_codes: ['a backup code 1'],
};

/** `/v1/users` of the Backend API. */
export const userRequests: GoodRequests = {
  'GET /v1/users': () => ({ query: userQuery }),
  'GET /v1/users/count': () => ({ query: userQuery }),
  'POST /v1/users': ({ serial }) => ({
    body: {
      ...profile,
      external_id: `ext${serial}`,
      username: `ada_${serial}`,
      email_address: [`ada${serial}@example.com`],
      phone_number: [`+1201${1_000_000 + serial}`],
      password_digest: `$2b$10$${'a'.repeat(53)}`,
      password_hasher: 'bcrypt',
      skip_password_requirement: true,
      skip_user_requirement: true,
      created_at: 1_700_000_000_000,
      banned: false,
      locked: false,
    },
  }),
  'GET /v1/users/:userId': user,
  'PATCH /v1/users/:userId': ({ userId, addressId }) => ({
    path: { userId },
    body: {
      ...profile,
      primary_email_address_id: addressId,
      notify_primary_email_address_changed: false,
      sign_out_of_other_sessions: false,
    },
  }),
  'PATCH /v1/users/:userId/metadata': ({ userId }) => ({
    path: { userId },
    body: { public_metadata: { a: 1 }, private_metadata: { a: null }, unsafe_metadata: {} },
  }),
  'DELETE /v1/users/:userId': user,
  'POST /v1/users/:userId/ban': user,
  'POST /v1/users/:userId/unban': user,
  'POST /v1/users/:userId/lock': user,
  'POST /v1/users/:userId/unlock': user,
  'POST /v1/users/ban': ({ userId }) => ({ body: { user_ids: [userId] } }),
  'POST /v1/users/unban': ({ userId }) => ({ body: { user_ids: [userId] } }),
  'POST /v1/users/:userId/verify_password': ({ userId }) => ({
    path: { userId },
    body: { password: rightPassword },
  }),
};
