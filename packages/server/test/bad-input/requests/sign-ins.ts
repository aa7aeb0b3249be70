import { appOrigin } from '../../service.ts';
import type { GoodRequests } from '../good-request.ts';

/** Sign-ins of the Frontend API. */
export const signInRequests: GoodRequests = {
  'POST /v1/client/sign_ins': ({ address }) => ({
    body: {
      strategy: 'email_code',
      identifier: address,
      password: '',
      ticket: '',
      code_verifier: 'v'.repeat(43),
      locale: 'en-US',
      enterprise_connection_id: '',
      redirect_url: `${appOrigin}/callback`,
      action_complete_redirect_url: `${appOrigin}/after`,
    },
  }),
  'GET /v1/client/sign_ins/:signInId': ({ signInId }) => ({
    path: { signInId },
    cookie: 'signingIn',
  }),
  'POST /v1/client/sign_ins/:signInId/prepare_first_factor': ({ signInId, addressId }) => ({
    path: { signInId },
    cookie: 'signingIn',
    body: { strategy: 'email_code', email_address_id: addressId },
  }),
  'POST /v1/client/sign_ins/:signInId/attempt_first_factor': ({ signInId }) => ({
    path: { signInId },
    cookie: 'signingIn',
    body: { strategy: 'email_code', code: '424242', password: '' },
  }),
  'POST /v1/client/sign_ins/:signInId/reset_password': ({ provedSignInId }) => ({
    path: { signInId: provedSignInId },
    cookie: 'resetting',
    body: { password: 'a new password', sign_out_of_other_sessions: 'true' },
  }),
  'POST /v1/client/sign_ins/:signInId/prepare_second_factor': ({ deviceSignInId, addressId }) => ({
    path: { signInId: deviceSignInId },
    cookie: 'unknownDevice',
    body: { strategy: 'email_code', email_address_id: addressId },
  }),
  'POST /v1/client/sign_ins/:signInId/attempt_second_factor': ({ guardedSignInId, totpCode }) => ({
    path: { signInId: guardedSignInId },
    cookie: 'atSecondFactor',
    body: { strategy: 'totp', code: totpCode },
  }),
  'POST /v1/client/same_browser': () => ({ body: { code_verifier: 'v'.repeat(43) } }),
  'GET /v1/oauth_callback': ({ providerState, providerCode, issuer }) => ({
    cookie: 'visiting',
    query: { state: providerState, code: providerCode, iss: issuer },
    isPage: true,
    spends: 'enterprise_visits',
  }),
  'POST /v1/client/oauth_callback': ({ providerState, providerCode, issuer }) => ({
    cookie: 'visiting',
    body: {
      query: `?${new URLSearchParams({ state: providerState, code: providerCode, iss: issuer }).toString()}`,
    },
    spends: 'enterprise_visits',
  }),
};
