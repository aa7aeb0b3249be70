import { renderUnicodeCompact } from 'uqr';
import type { RunningServer } from '../../main.ts';
import type { Demo } from './demo-user.ts';

/** What a development start tells, in its two forms. */
export interface Welcome {
  readonly server: RunningServer;
  readonly secretKey: string;
  readonly demo: Demo | undefined;
  /** Other machines can reach the server. */
  readonly isOpen: boolean;
}

/** For programs: one line of JSON. */
export function welcomeLine({ server, secretKey, demo }: Welcome): string {
  const { url, world } = server;
  return JSON.stringify({
    url,
    publishable_key: world.instance.publishableKey,
    secret_key: secretKey,
    sign_in_url: world.instance.settings.signInUrl ?? `${url}/sign-in`,
    demo_user_id: demo?.userId ?? null,
    sign_in_link: demo?.link ?? null,
  });
}

/** For people: addresses, keys and the link, with a code for a phone that can reach it. */
export function welcomeText({ server, secretKey, demo, isOpen }: Welcome): string {
  const { url, world } = server;
  const rows = [
    ['Address', url],
    ['Mailbox', `${url}/mailbox`],
    ['Publishable key', world.instance.publishableKey],
    ['Secret key', secretKey],
  ] as const;
  const lines = rows.map(([name, value]) => `  ${name.padEnd(15)}  ${value}`);
  return [
    '',
    '  Willcall is ready.',
    '',
    ...lines,
    '',
    ...demoLines(demo, isOpen),
    '',
    '  Ctrl-C ends it.',
    '',
  ].join('\n');
}

function demoLines(demo: Demo | undefined, isOpen: boolean): string[] {
  if (!demo)
    return ['  No user may sign in. Make one: willcall users create --email you@example.com'];
  const isForPhone = isOpen && !/^https?:\/\/(localhost|127\.|\[::1\])/.test(demo.link);
  const code = isForPhone
    ? [
        '',
        ...renderUnicodeCompact(demo.link)
          .split('\n')
          .map((line) => `  ${line}`),
      ]
    : [];
  return [`  Sign in as ${demo.name}, once, with this link:`, `  ${demo.link}`, ...code];
}
