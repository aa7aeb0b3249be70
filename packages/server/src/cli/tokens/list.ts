import type { SignInTokenDetailsJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { flag, wholeNumber } from '../option.ts';
import { print, printTable, tell } from '../output.ts';
import { writeTime } from '../time.ts';
import { findUserId, userOptions } from './find-user.ts';

interface TokenPage {
  readonly data: readonly SignInTokenDetailsJSON[];
  readonly next_cursor: string | null;
}

/** `willcall tokens list`. */
export const listTokens = defineCommand({
  name: 'tokens list',
  summary: 'List sign-in tokens, newest first, and what became of them.',
  details: 'Their tickets are not kept and cannot be shown.',
  options: {
    ...userOptions,
    limit: wholeNumber('number', { min: 1, max: 500 }, 'How many at most. Default: 10.'),
    json: flag('Print {"data","next_cursor"} as one line.'),
    ...connectionOptions,
  },
  examples: ['willcall tokens list', 'willcall tokens list --email ada@example.com'],
  async run(values) {
    const api = await openBackendApi(values);
    const query = { user_id: await findUserId(api, values), limit: values.limit };
    const page = await api.get<TokenPage>('/v1/sign_in_tokens', query);
    if (values.json) {
      print(JSON.stringify(page));
      return;
    }
    const rows = page.data.map((token) => [
      token.id,
      token.user_id,
      stateOf(token),
      writeTime(token.created_at),
      writeTime(token.expires_at),
    ]);
    printTable(['id', 'user', 'state', 'issued', 'expires'], rows, 'There is no such token.');
    if (page.next_cursor !== null) tell('There are more. Raise --limit to see them.');
  },
});

function stateOf(token: SignInTokenDetailsJSON): string {
  return token.is_expired ? 'expired' : token.status;
}
