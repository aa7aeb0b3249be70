import type { SignInTokenDetailsJSON, SignInTokenJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { UsageError } from '../failure.ts';
import { flag, text } from '../option.ts';
import { print, tell } from '../output.ts';
import { duration, writeTime } from '../time.ts';
import { findUserId, userOptions } from './find-user.ts';

/** `willcall tokens create`. */
export const createToken = defineCommand({
  name: 'tokens create',
  summary: 'Issue a sign-in token and print its link.',
  details: 'Whoever opens the link is signed in as that user, once. Nobody can show it again.',
  options: {
    ...userOptions,
    expires: duration('How long it can be used: 30s, 10m, 2h, 7d or seconds. Default: 30 days.'),
    'sign-in-url': text(
      'url',
      'The page that redeems it. Default: the sign_in_url of the settings, else the hosted page.',
    ),
    'redirect-url': text('url', 'Where the person lands afterwards.'),
    'step-up': text(
      'proof',
      'What else must be proved: none, second_factor or client_trust. Default: second_factor for who has one.',
    ),
    session: duration(
      'How long the session may live at most. Default: as long as the settings allow.',
    ),
    reason: text('text', 'Why it is issued; kept with the token.'),
    json: flag('Print the token, its ticket and its link as one line of JSON.'),
    ...connectionOptions,
  },
  examples: [
    'willcall tokens create --email ada@example.com',
    'willcall tokens create --email ada@example.com --expires 10m --redirect-url https://app.example.com/welcome',
  ],
  async run(values) {
    if (values.email === undefined && values['user-id'] === undefined) {
      throw new UsageError('Say who shall be signed in: --email ada@example.com, or --user-id.');
    }
    const api = await openBackendApi(values);
    const token = await api.post<SignInTokenJSON>('/v1/sign_in_tokens', {
      user_id: await findUserId(api, values),
      expires_in_seconds: values.expires,
      sign_in_url: values['sign-in-url'],
      redirect_url: values['redirect-url'],
      step_up: values['step-up'],
      session_max_duration_in_seconds: values.session,
      reason: values.reason,
    });
    const ifLost = `Nobody has this link: take it back with willcall tokens revoke ${token.id}`;
    if (values.json) {
      print(JSON.stringify(token), ifLost);
      return;
    }
    print(token.url ?? '', ifLost);
    const { expires_at: expiresAt } = await api.get<SignInTokenDetailsJSON>(
      `/v1/sign_in_tokens/${token.id}`,
    );
    tell(
      `It works once, until ${writeTime(expiresAt)}. Take it back: willcall tokens revoke ${token.id}`,
    );
  },
});
