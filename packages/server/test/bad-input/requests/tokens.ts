import { appOrigin } from '../../service.ts';
import type { GoodRequests } from '../good-request.ts';

/** Sign-in tokens and actor tokens of the Backend API. */
export const tokenRequests: GoodRequests = {
  'POST /v1/sign_in_tokens': ({ userId, organizationId }) => ({
    body: {
      user_id: userId,
      org_id: organizationId,
      step_up: 'client_trust',
      confirmation: 'always',
      session_max_duration_in_seconds: 600,
      expires_in_seconds: 600,
      sign_in_url: `${appOrigin}/sign-in`,
      redirect_url: `${appOrigin}/after`,
      reason: 'a lost password',
    },
  }),
  'GET /v1/sign_in_tokens': ({ userId, tokenId }) => ({
    query: {
      user_id: userId,
      status: 'pending',
      is_expired: 'false',
      reason: 'a lost password',
      cursor: tokenId,
      limit: '5',
    },
  }),
  'POST /v1/sign_in_tokens/revoke': ({ userId }) => ({
    body: { user_id: userId, reason: 'a lost password', issued_before: 1 },
  }),
  'GET /v1/sign_in_tokens/:tokenId': ({ tokenId }) => ({ path: { tokenId } }),
  'POST /v1/sign_in_tokens/:tokenId/revoke': ({ tokenId }) => ({ path: { tokenId } }),
  'POST /v1/actor_tokens': ({ userId, strangerId }) => ({
    body: {
      user_id: userId,
      actor: { sub: strangerId, reason: 'a lost seat' },
      expires_in_seconds: 600,
      session_max_duration_in_seconds: 600,
      sign_in_url: `${appOrigin}/sign-in`,
      redirect_url: `${appOrigin}/after`,
      reason: 'a lost seat',
    },
  }),
  'GET /v1/actor_tokens': ({ userId, actorTokenId }) => ({
    query: {
      user_id: userId,
      status: 'pending',
      is_expired: 'false',
      reason: 'a lost seat',
      cursor: actorTokenId,
      limit: '5',
    },
  }),
  'POST /v1/actor_tokens/revoke': ({ userId }) => ({
    body: { user_id: userId, reason: 'a lost seat', issued_before: 1 },
  }),
  'GET /v1/actor_tokens/:tokenId': ({ actorTokenId }) => ({ path: { tokenId: actorTokenId } }),
  'POST /v1/actor_tokens/:tokenId/revoke': ({ actorTokenId }) => ({
    path: { tokenId: actorTokenId },
  }),
};
