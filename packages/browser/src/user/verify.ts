import type { SessionReverificationJSON } from '@willcall/contract';
import type { Page } from '../page/page.ts';
import { requireText } from '../request/require-text.ts';
import { send } from '../request/send.ts';
import { fromWire } from '../request/wire.ts';
import type { SessionVerification, VerifyParams } from './session-verification.ts';

/** See `User.verify`. */
export async function verify(
  page: Page,
  id: string,
  params: VerifyParams,
): Promise<SessionVerification> {
  requireText(params, 'verify', 'level');
  return takeStep(page, id, '', params);
}

async function takeStep(
  page: Page,
  id: string,
  step: string,
  form: object,
): Promise<SessionVerification> {
  const path = `/client/sessions/${id}/verify${step}`;
  const { session: _, ...json } = await send<SessionReverificationJSON>(page, { path, form });
  const { supportedFirstFactors = [], supportedSecondFactors = [], ...rest } = fromWire(json);
  return {
    ...rest,
    supportedFirstFactors,
    supportedSecondFactors,
    async prepareFirstFactor(params) {
      requireText(params, 'prepareFirstFactor', 'strategy');
      return takeStep(page, id, '/prepare_first_factor', params);
    },
    async attemptFirstFactor(params) {
      requireText(params, 'attemptFirstFactor', 'strategy');
      return takeStep(page, id, '/attempt_first_factor', params);
    },
    async attemptSecondFactor(params) {
      requireText(params, 'attemptSecondFactor', 'strategy');
      requireText(params, 'attemptSecondFactor', 'code');
      return takeStep(page, id, '/attempt_second_factor', params);
    },
  };
}
