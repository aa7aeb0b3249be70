import type { SignInTokenJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { print } from '../output.ts';

/** `willcall tokens revoke`. */
export const revokeToken = defineCommand({
  name: 'tokens revoke',
  summary: 'Take a sign-in token back before it is used.',
  details: 'A session that a used token opened goes on: end that one by itself.',
  operand: 'id',
  options: connectionOptions,
  examples: ['willcall tokens revoke sit_01m88w66vtg0njc741sgfpy46c'],
  async run(values, id) {
    const api = await openBackendApi(values);
    await api.post<SignInTokenJSON>(`/v1/sign_in_tokens/${encodeURIComponent(id)}/revoke`, {});
    print(`${id} is revoked.`);
  },
});
