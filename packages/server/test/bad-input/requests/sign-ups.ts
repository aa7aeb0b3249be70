import type { GoodRequests } from '../good-request.ts';

/** Sign-ups of the Frontend API. */
export const signUpRequests: GoodRequests = {
  'POST /v1/client/sign_ups': () => ({
    slowField: 'password',
    body: {
      email_address: 'newcomer@example.com',
      password: 'a new password',
      first_name: 'Ada',
      last_name: 'Byron',
      username: 'newcomer',
      unsafe_metadata: '{"a":1}',
      legal_accepted: 'true',
      locale: 'en-US',
      ticket: '',
    },
  }),
  'GET /v1/client/sign_ups/:signUpId': ({ signUpId }) => ({
    path: { signUpId },
    cookie: 'signingUp',
  }),
  'PATCH /v1/client/sign_ups/:signUpId': ({ signUpId }) => ({
    path: { signUpId },
    cookie: 'signingUp',
    body: {
      email_address: 'other@example.com',
      first_name: 'Ada',
      username: 'other',
      unsafe_metadata: '{}',
      locale: 'en',
    },
  }),
  'POST /v1/client/sign_ups/:signUpId/prepare_verification': ({ signUpId }) => ({
    path: { signUpId },
    cookie: 'signingUp',
    body: { strategy: 'email_code' },
  }),
  'POST /v1/client/sign_ups/:signUpId/attempt_verification': ({ signUpId }) => ({
    path: { signUpId },
    cookie: 'signingUp',
    body: { strategy: 'email_code', code: '424242' },
  }),
};
