import type { TokenRevocationJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { UsageError } from '../failure.ts';
import { text } from '../option.ts';
import { print } from '../output.ts';
import { findUserId, userOptions } from './find-user.ts';

/** `willcall tokens revoke-all`. */
export const revokeTokens = defineCommand({
  name: 'tokens revoke-all',
  summary: 'Take all pending sign-in tokens of a user, or of a reason, back.',
  details: 'Sessions that used tokens opened go on. All conditions that are given must hold.',
  options: {
    ...userOptions,
    reason: text('text', 'Those that were issued for this reason.'),
    ...connectionOptions,
  },
  examples: [
    'willcall tokens revoke-all --email ada@example.com',
    'willcall tokens revoke-all --reason spring-campaign',
  ],
  async run(values) {
    if ([values.email, values['user-id'], values.reason].every((each) => each === undefined))
      throw new UsageError('Say which: --email ada@example.com, --user-id or --reason.');
    const api = await openBackendApi(values);
    const { revoked_count: count } = await api.post<TokenRevocationJSON>(
      '/v1/sign_in_tokens/revoke',
      { user_id: await findUserId(api, values), reason: values.reason },
    );
    print(`${count} ${count === 1 ? 'token is' : 'tokens are'} revoked.`);
  },
});
