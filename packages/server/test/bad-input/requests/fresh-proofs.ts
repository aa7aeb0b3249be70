import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const proving = ({ provingSessionId }: Scene) => ({
  path: { sessionId: provingSessionId },
  cookie: 'proving' as const,
});

/** Fresh proofs of the Frontend API. */
export const freshProofRequests: GoodRequests = {
  'POST /v1/client/sessions/:sessionId/verify': ({ sessionId }) => ({
    path: { sessionId },
    cookie: 'signedIn',
    body: { level: 'multi_factor' },
  }),
  'POST /v1/client/sessions/:sessionId/verify/prepare_first_factor': (scene) => ({
    ...proving(scene),
    body: { strategy: 'email_code', email_address_id: scene.addressId },
  }),
  'POST /v1/client/sessions/:sessionId/verify/attempt_first_factor': (scene) => ({
    ...proving(scene),
    body: { strategy: 'email_code', code: '424242', password: '' },
  }),
  'POST /v1/client/sessions/:sessionId/verify/attempt_second_factor': ({
    guardedSessionId,
    totpCode,
  }) => ({
    path: { sessionId: guardedSessionId },
    cookie: 'guarded',
    body: { strategy: 'totp', code: totpCode },
  }),
};
