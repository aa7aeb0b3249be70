import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const metadata = { public_metadata: { plan: 'gold' }, private_metadata: { note: null } };
const page = { limit: '5', offset: '0', order_by: '-created_at' };
const organization = ({ organizationId }: Scene) => ({ path: { organizationId } });
const member = ({ organizationId, memberId }: Scene) => ({
  path: { organizationId, userId: memberId },
});
const base = '/v1/organizations/:organizationId';

/** Organizations and who belongs to them, of the Backend API. */
export const organizationRequests: GoodRequests = {
  'GET /v1/organizations': ({ userId, organizationId }) => ({
    query: {
      ...page,
      query: 'a',
      user_id: userId,
      organization_id: organizationId,
      include_members_count: 'true',
    },
  }),
  'POST /v1/organizations': ({ serial, userId }) => ({
    body: {
      ...metadata,
      name: 'The Company',
      slug: `company-${serial}`,
      created_by: userId,
      max_allowed_memberships: 5,
      created_at: '2026-01-01T00:00:00Z',
    },
  }),
  [`GET ${base}`]: (scene) => ({
    ...organization(scene),
    query: { include_members_count: 'false' },
  }),
  [`PATCH ${base}`]: (scene) => ({
    ...organization(scene),
    body: {
      name: 'Another Company',
      slug: `another-${scene.serial}`,
      max_allowed_memberships: 9,
      created_at: '2026-01-01T00:00:00Z',
    },
  }),
  [`DELETE ${base}`]: organization,
  [`PATCH ${base}/metadata`]: (scene) => ({ ...organization(scene), body: metadata }),
  [`PUT ${base}/metadata`]: (scene) => ({ ...organization(scene), body: metadata }),
  [`GET ${base}/memberships`]: (scene) => ({
    ...organization(scene),
    query: { ...page, user_id: scene.memberId, role: 'org:member' },
  }),
  [`POST ${base}/memberships`]: ({ organizationId, strangerId }) => ({
    path: { organizationId },
    body: { ...metadata, user_id: strangerId, role: 'org:member' },
  }),
  [`PATCH ${base}/memberships/:userId`]: (scene) => ({
    ...member(scene),
    body: { role: 'org:admin' },
  }),
  [`PATCH ${base}/memberships/:userId/metadata`]: (scene) => ({
    ...member(scene),
    body: metadata,
  }),
  [`DELETE ${base}/memberships/:userId`]: member,
  'GET /v1/users/:userId/organization_memberships': ({ memberId }) => ({
    path: { userId: memberId },
    query: { limit: '5', offset: '0' },
  }),
};
