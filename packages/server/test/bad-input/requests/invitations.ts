import { appOrigin } from '../../service.ts';
import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const invitation = ({ serial }: Scene) => ({
  email_address: `guest${serial}@example.com`,
  public_metadata: { plan: 'gold' },
  redirect_url: `${appOrigin}/sign-up`,
  expires_in_days: 7,
  notify: false,
});
const toApplication = (scene: Scene) => ({
  ...invitation(scene),
  ignore_existing: false,
  template_slug: 'invitation',
});
const toOrganization = (scene: Scene) => ({
  path: { organizationId: scene.organizationId },
  body: {
    ...invitation(scene),
    role: 'org:member',
    inviter_user_id: scene.userId,
    private_metadata: { note: 1 },
  },
});
const one = ({ organizationId, memberInvitationId }: Scene) => ({
  path: { organizationId, invitationId: memberInvitationId },
});
const page = { limit: '5', offset: '0' };
const base = '/v1/organizations/:organizationId/invitations';

/** Invitations of the Backend API, to the application and to organizations. */
export const invitationRequests: GoodRequests = {
  'GET /v1/invitations': () => ({
    query: {
      ...page,
      status: 'pending',
      query: 'guest',
      order_by: '-created_at',
      paginated: 'true',
    },
  }),
  'POST /v1/invitations': (scene) => ({ body: toApplication(scene) }),
  'POST /v1/invitations/bulk': (scene) => ({ body: toApplication(scene), isMany: true }),
  'GET /v1/invitations/:invitationId/refused_redemptions': ({ invitationId }) => ({
    path: { invitationId },
  }),
  'POST /v1/invitations/:invitationId/revoke': ({ invitationId }) => ({ path: { invitationId } }),
  'GET /v1/organization_invitations': () => ({
    query: { ...page, status: 'pending', query: 'guest', order_by: '-created_at' },
  }),
  [`GET ${base}`]: ({ organizationId }) => ({
    path: { organizationId },
    query: {
      ...page,
      status: 'pending',
      email_address: 'guest@example.com',
      order_by: '-email_address',
    },
  }),
  [`POST ${base}`]: toOrganization,
  [`POST ${base}/bulk`]: (scene) => ({ ...toOrganization(scene), isMany: true }),
  [`GET ${base}/pending`]: ({ organizationId }) => ({ path: { organizationId }, query: page }),
  [`GET ${base}/:invitationId`]: one,
  [`POST ${base}/:invitationId/revoke`]: (scene) => ({
    ...one(scene),
    body: { requesting_user_id: scene.userId },
  }),
};
