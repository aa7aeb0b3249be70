import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorsJSON, SignInTokenJSON } from '@willcall/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from '../cli/command.ts';
import { redeemLink } from '../cli/redeem.ts';
import { createPerson, issueTicket } from '../people.ts';
import { flows, readEverything } from './leaks/flows.ts';
import { type Hunt, huntedApp, openHunt, placesOfData } from './leaks/hunt.ts';
import { findMarks, formsOf, type Place } from './leaks/search.ts';

/** How often everything happens: fifteen tickets at each change, a thousand in the nightly run. */
const rounds = process.env['WILLCALL_NIGHTLY'] ? 70 : 1;

/** Where a secret belongs: in the answer that tells it, the link, its redirect. Nowhere else. */
const allowed = [
  'actor ticket in body of POST /v1/actor_tokens',
  'authenticator secret in body of POST /v1/me/totp',
  'backup code in body of POST /v1/me/backup_codes',
  'backup code in body of POST /v1/me/totp/attempt_verification',
  'client cookie in cookies of POST /v1/client/sign_ins',
  'continuation in location of POST /sign-in/confirm',
  'invitation ticket in body of POST /v1/invitations',
  'invitation ticket in body of POST /v1/organizations/org_ID/invitations',
  'invitation ticket in location of GET /v1/tickets/accept',
  'invitation ticket in mail',
  'mailed code in mail',
  'ticket in body of POST /v1/sign_in_tokens',
  'ticket in location of GET /v1/tickets/accept',
  'verifier in cookies of POST /v1/client/same_browser',
];

describe('of every secret that went through every flow', () => {
  let hunt: Hunt;
  let places: readonly Place[];

  beforeAll(async () => {
    hunt = await openHunt();
    for (let round = 0; round < rounds; round += 1) {
      for (const go of Object.values(flows)) await go(hunt);
    }
    await readEverything(hunt);
    places = await hunt.collect();
  }, 600_000);

  test('nothing is in log, database, write-ahead log, backup or answers but where it belongs', () => {
    expect(findMarks(hunt.marks, places)).toEqual(allowed);
  });

  test('the flows went where they should, and left something everywhere', () => {
    const tickets = hunt.marks.filter(({ kind }) => kind.endsWith('ticket'));
    expect(tickets.length).toBeGreaterThanOrEqual(15 * rounds);
    const codes = new Set(places.flatMap(codesIn));
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'actor_token_already_used_code',
        'form_code_incorrect',
        'form_param_unknown',
        'idempotency_key_reused',
        'internal_error',
        'sign_in_token_already_used_code',
        'sign_in_token_revoked_code',
        'ticket_confirmation_required',
        'ticket_continuation_expired',
        'ticket_expired_code',
        'ticket_invalid_code',
        'ticket_wrong_browser',
      ]),
    );
    const sizeOf = (wanted: string) => places.find(({ name }) => name === wanted)?.bytes.length;
    for (const name of [...placesOfData(), 'log', 'mail'])
      expect([name, sizeOf(name) ?? 0]).toEqual([name, expect.toSatisfy(isMuch)]);
    expect(places.length).toBeGreaterThan(400 * rounds);
  });
});

test('of tickets of the command line, neither log nor data nor a later answer holds any', async () => {
  const folder = await emptyFolder();
  const env = { WILLCALL_LOG_LEVEL: 'trace' };
  const { ready, written, stop } = await startDevelopment({ folder, env });
  const outputs: Place[] = [];
  async function run(...args: readonly string[]): Promise<string> {
    const { stdout, stderr } = await willcall(args, { folder });
    outputs.push({ name: args.slice(0, 2).join(' '), bytes: Buffer.from(stdout + stderr) });
    return stdout;
  }
  const create = ['tokens', 'create', '--email', 'demo@example.com', '--json'];
  const tokens = [
    JSON.parse(await run(...create)) as SignInTokenJSON,
    JSON.parse(await run(...create, '--reason', 'a lost seat')) as SignInTokenJSON,
    JSON.parse(await run(...create, '--expires', '1s')) as SignInTokenJSON,
  ];
  await redeemLink(tokens[0]?.url ?? '');
  await redeemLink(tokens[0]?.url ?? '');
  await run('tokens', 'revoke', tokens[1]?.id ?? '');
  await redeemLink(tokens[1]?.url ?? '');
  await run('tokens', 'revoke', tokens[2]?.token ?? '');
  await run('tokens', 'list', '--json');
  await run('audit', 'verify');
  await run('backup', 'backup.db');
  const running = await readFiles(folder);
  await stop();
  const ended = await readFiles(folder);
  const said = written();
  // The first line of a development server holds a link, by its purpose.
  expect(said.stdout).toContain(ready.sign_in_link);
  const places = [
    ...[...outputs, ...running, ...ended],
    { name: 'log', bytes: Buffer.from(said.stderr) },
    { name: 'output', bytes: Buffer.from(said.stdout.replace(ready.sign_in_link, '')) },
  ];
  const tickets = [...tokens.map(({ token }) => token ?? ''), ready.sign_in_link];
  const marks = tickets.map((text) => ({ kind: 'ticket', text: text.slice(-27) }));
  expect(findMarks(marks, places)).toEqual(['ticket in tokens create']);
  expect(places.map(({ name }) => name)).toContain('.willcall/willcall.db-wal');
  expect(places.map(({ name }) => name)).toContain('backup.db');
  expect(said.stderr).toContain('/v1/sign_in_tokens');
});

describe('the search', () => {
  test('finds what is planted in each place where it looks', async () => {
    const hunt = await openHunt();
    const { service } = hunt;
    const planted = 'Zk3QpLw8vNs1XtBy6RmDe0HuGiY';
    hunt.mark('plant', planted);
    await createPerson(service, { email_address: [`${planted}@example.com`] });
    const mailed = { identifier: `${planted}@example.com`, strategy: 'email_code' };
    await service.browser(huntedApp).post('/v1/client/sign_ins', mailed);
    await service.world.mailer.settled();
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id, {
      redirect_url: `${huntedApp}/?${planted}`,
      confirmation: 'none',
    });
    await service.browser(huntedApp).get(`/v1/tickets/accept?ticket=${token}`);
    service.app.log.trace({ nested: [planted] }, 'planted');
    const hits = findMarks(hunt.marks, await hunt.collect());
    expect(hits).toEqual(
      expect.arrayContaining([
        'plant in body of POST /v1/sign_in_tokens',
        'plant in location of GET /v1/tickets/accept',
        'plant in log',
        'plant in mail',
        ...placesOfData().map((name) => `plant in ${name}`),
      ]),
    );
  });

  test.each(['Zk3QpLw8vNs1XtBy6RmDe0HuGiY', 'correct horse battery', 'b4ckupc0de'])(
    'knows %j in every way that it may be written',
    (text) => {
      const ways = [
        text,
        encodeURIComponent(text),
        Buffer.from(text).toString('hex'),
        ...['', 'a', 'ab', 'abc'].flatMap((before) => [
          Buffer.from(`${before}${text}"}`).toString('base64'),
          Buffer.from(`${before}${text}?>~`).toString('base64url'),
        ]),
      ].map((way) => Buffer.from(way));
      ways.push(Buffer.from(text, 'utf16le'));
      for (const way of ways) {
        const place = { name: 'here', bytes: Buffer.concat([Buffer.alloc(3, '-'), way]) };
        expect(findMarks([{ kind: 'text', text }], [place])).toEqual(['text in here']);
      }
      const other = { name: 'here', bytes: Buffer.from(text.slice(1)) };
      expect(findMarks([{ kind: 'text', text }], [other])).toEqual([]);
    },
  );

  test('knows the bytes behind a secret, and takes no part of a longer number or an id for a code', () => {
    const secret = 'Zk3QpLw8vNs1XtBy6RmDe0HuGiY';
    const bytes = Buffer.from(secret, 'base64url');
    expect(bytes.toString('base64url')).toBe(secret);
    for (const place of [bytes, Buffer.from(bytes.toString('hex'))])
      expect(formsOf(secret).some((form) => place.includes(form))).toBe(true);
    const found = (text: string) =>
      findMarks([{ kind: 'code', text: '123456' }], [{ name: 'here', bytes: Buffer.from(text) }]);
    const id = 'sua_01m8ngh123456jk0123456789a';
    expect(id.length - 'sua_'.length).toBe(26);
    for (const kept of [
      'code 123456.',
      'code123456to',
      `${id}123456`,
      `${id} 123456`,
      `123456${id}`,
    ])
      expect([kept, found(kept).length]).toEqual([kept, 1]);
    for (const chance of ['1234567', id, `{"id":"${id}"}`, 'req_74bd0f91ab123456e83dd9e41edb7279'])
      expect([chance, found(chance).length]).toEqual([chance, 0]);
  });
});

function isMuch(bytes: number): boolean {
  return bytes > 1000;
}

/** The codes of the errors that an answer tells. */
function codesIn({ name, bytes }: Place): string[] {
  if (!name.startsWith('body of') || bytes.at(0) !== 0x7b) return [];
  const { errors = [] } = JSON.parse(bytes.toString()) as Partial<ErrorsJSON>;
  return errors.map(({ code }) => code);
}

/** Every file in a folder and below it. */
async function readFiles(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return { name: path.relative(folder, file), bytes: await readFile(file) };
      }),
  );
}
