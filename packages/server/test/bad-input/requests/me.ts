import { rightPassword } from '../../people.ts';
import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const person = () => ({ cookie: 'signedIn' as const, query: { _clerk_session_id: '' } });
const session = ({ sessionId }: Scene) => ({ path: { sessionId }, cookie: 'signedIn' as const });

/** `/v1/me` of the Frontend API. */
export const myRequests: GoodRequests = {
  'GET /v1/me': person,
  'PATCH /v1/me': ({ addressId }) => ({
    cookie: 'signedIn',
    body: {
      username: 'ada',
      first_name: 'Ada',
      last_name: 'Byron',
      primary_email_address_id: addressId,
      primary_phone_number_id: '',
    },
  }),
  'DELETE /v1/me': () => ({ cookie: 'signedIn' }),
  'POST /v1/me/change_password': () => ({
    cookie: 'signedIn',
    body: {
      current_password: rightPassword,
      new_password: 'another good one',
      sign_out_of_other_sessions: 'false',
    },
  }),
  'GET /v1/me/sessions': person,
  'GET /v1/me/sessions/active': person,
  'POST /v1/me/sessions/:sessionId/revoke': session,
  'POST /v1/client/organizations': ({ serial }) => ({
    cookie: 'signedIn',
    query: { _clerk_session_id: '' },
    body: { name: 'The Troupe', slug: `troupe-${serial}` },
  }),
  'GET /v1/me/organization_memberships': () => ({
    cookie: 'signedIn',
    query: { _clerk_session_id: '', limit: '5', offset: '0', paginated: 'true' },
  }),
  'GET /v1/me/organization_invitations': () => ({
    cookie: 'signedIn',
    query: { _clerk_session_id: '', limit: '5', offset: '0', status: 'pending' },
  }),
  'POST /v1/me/organization_invitations/:invitationId/accept': ({ ownInvitationId }) => ({
    cookie: 'signedIn',
    path: { invitationId: ownInvitationId },
  }),
};
