import type { RefusedRedemptionsJSON, SignInTokenDetailsJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { flag } from '../option.ts';
import { print, printTable } from '../output.ts';
import { writeTime } from '../time.ts';

/** `willcall tokens show`. */
export const showToken = defineCommand({
  name: 'tokens show',
  summary: 'Tell what became of a sign-in token, and which tries it refused.',
  details: 'Addresses are those of the network. Its ticket is not kept and cannot be shown.',
  operand: 'id',
  options: { json: flag('Print it as one line of JSON.'), ...connectionOptions },
  examples: ['willcall tokens show sit_01m88w66vtg0njc741sgfpy46c'],
  async run(values, id) {
    const api = await openBackendApi(values);
    const token = await api.get<SignInTokenDetailsJSON & RefusedRedemptionsJSON>(
      `/v1/sign_in_tokens/${encodeURIComponent(id)}`,
    );
    if (values.json) {
      print(JSON.stringify(token));
      return;
    }
    print(`${token.id} for ${token.user_id}: ${token.is_expired ? 'expired' : token.status}.`);
    if (token.reason !== null) print(`Issued for: ${token.reason}`);
    if (token.redeemed_at !== null)
      print(
        `Redeemed ${writeTime(token.redeemed_at)} from ${token.redeemed_address ?? '?'} with ${token.redeemed_device ?? '?'}: ${token.session_id}`,
      );
    const tries = token.refused_redemptions.map((each) => [
      writeTime(each.refused_at),
      each.code,
      each.address ?? '?',
      each.device ?? '?',
    ]);
    printTable(['refused', 'code', 'network', 'device'], tries, 'No try was refused.');
  },
});
