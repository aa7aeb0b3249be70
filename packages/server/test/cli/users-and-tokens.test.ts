import type { BackendUserJSON, SignInTokenDetailsJSON, SignInTokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  emptyFolder,
  type Outcome,
  type ReadyLine,
  type Running,
  startShared,
  willcall,
} from './command.ts';
import { redeemLink } from './redeem.ts';

let folder: string;
let dev: Running;
let ready: ReadyLine;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-cli-'));
  dev = await startShared(['dev', '--json', '--port', '0'], { folder });
  ready = JSON.parse(dev.firstLine) as ReadyLine;
});
afterAll(async () => {
  await dev?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command where the development server runs: it is found by its data folder. */
function here(...args: readonly string[]): Promise<Outcome> {
  return willcall(args, { folder });
}

describe('a user made on the command line', () => {
  test('signs in by the link of a token made there, once', async () => {
    const made = await here('users', 'create', '--email', 'ada@example.com', '--first-name', 'Ada');
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^user_\w{26}\n$/);
    const issued = await here('tokens', 'create', '--email', 'ada@example.com', '--expires', '10m');
    expect(issued.code).toBe(0);
    expect(issued.stdout).toMatch(/^http:\/\/localhost:\d+\/sign-in\?__clerk_ticket=\S+\n$/);
    const { body } = await redeemLink(issued.stdout.trim());
    expect(body.response?.status).toBe('complete');
    expect(body.client?.sessions[0]?.user.id).toBe(made.stdout.trim());
    const [token] = await tokensOf('ada@example.com');
    expect(token?.status).toBe('accepted');
    expect((token?.expires_at ?? 0) - (token?.created_at ?? 0)).toBe(600_000);
  });

  test('may get a password from the standard input, without the line break at its end', async () => {
    const args = ['users', 'create', '--email', 'pass@example.com', '--password-stdin', '--json'];
    const { code, stdout } = await willcall(args, { folder, input: 'correct horse battery\n' });
    expect(code).toBe(0);
    const user = JSON.parse(stdout) as BackendUserJSON;
    const answer = await fetch(`${ready.url}/v1/users/${user.id}/verify_password`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ready.secret_key}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ password: 'correct horse battery' }),
    });
    expect(await answer.json()).toEqual({ verified: true });
  });

  test('is found by the list, as a table and as one line of JSON', async () => {
    await here('users', 'create', '--email', 'grace@example.com', '--first-name', 'Grace');
    const table = await here('users', 'list', '--query', 'grace');
    expect(table.stdout.split('\n')[0]).toMatch(/^id +e-mail +name +made +state$/);
    expect(table.stdout).toMatch(/grace@example\.com +Grace +\d{4}-\d\d-\d\d .+active/);
    expect(table.stdout).not.toContain('demo@example.com');
    const { stdout } = await here('users', 'list', '--limit', '1', '--json');
    expect(stdout.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(stdout)).toHaveLength(1);
  });
});

describe('a token made on the command line', () => {
  test('says with --json everything in one line, and keeps where to go', async () => {
    const { code, stdout } = await here(
      ...['tokens', 'create', '--user-id', ready.demo_user_id, '--json'],
      ...[
        '--sign-in-url',
        'http://localhost:3000/in',
        '--redirect-url',
        'http://localhost:3000/home',
      ],
    );
    expect([code, stdout.match(/\n/g)?.length]).toEqual([0, 1]);
    const token = JSON.parse(stdout) as SignInTokenJSON;
    const url = new URL(token.url ?? '');
    expect(url.origin + url.pathname).toBe('http://localhost:3000/in');
    expect(url.searchParams.get('__clerk_ticket')).toBe(token.token);
    expect(url.searchParams.get('redirect_url')).toBe('http://localhost:3000/home');
  });

  test('is useless after it was revoked, and is revoked once', async () => {
    const token = JSON.parse(
      (await here('tokens', 'create', '--email', 'demo@example.com', '--json')).stdout,
    ) as SignInTokenJSON;
    const revoked = await here('tokens', 'revoke', token.id);
    expect([revoked.code, revoked.stdout]).toEqual([0, `${token.id} is revoked.\n`]);
    expect((await redeemLink(token.url ?? '')).body.errors?.[0]?.code).toBe(
      'sign_in_token_revoked_code',
    );
    const again = await here('tokens', 'revoke', token.id);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('(sign_in_token_cannot_be_revoked_code)');
  });

  test('shows in the list what became of it, and never its ticket', async () => {
    const { ticket } = await expiredToken();
    const { stdout } = await here('tokens', 'list', '--email', 'demo@example.com', '--limit', '1');
    expect(stdout).toMatch(/^sit_\w+ +user_\w+ +expired/m);
    expect(stdout).not.toContain(ticket);
  });
});

describe('what the server refuses', () => {
  test.each([
    [['users', 'create', '--email', 'demo@example.com'], '(form_identifier_exists)'],
    [['users', 'create', '--email', 'nonsense'], '(form_param_format_invalid)'],
    [
      ['tokens', 'create', '--email', 'nobody@example.com'],
      'No user has the address nobody@example.com. Make one:',
    ],
    [['tokens', 'create', '--user-id', 'user_none'], '(resource_not_found)'],
    [
      ['tokens', 'create', '--email', 'demo@example.com', '--sign-in-url', 'https://evil.example'],
      '(redirect_url_mismatch)',
    ],
    [['tokens', 'revoke', 'sit_none'], '(resource_not_found)'],
    [['tokens', 'revoke', '../users'], '(resource_not_found)'],
  ])('%j exits with 1 and says why', async (args, sentence) => {
    const { code, stdout, stderr } = await here(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
  });

  test('a key that is not its own, with what to do', async () => {
    const env = {
      WILLCALL_SECRET_KEY: `sk_test_${'x'.repeat(40)}`,
      WILLCALL_API_URL: ready.url,
    };
    const { code, stderr } = await willcall(['users', 'list'], {
      folder: await emptyFolder(),
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('(clerk_key_invalid)');
    expect(stderr).toContain('willcall keys create');
  });
});

describe('the server is found', () => {
  test('by its address alone, when it is a development server of this machine', async () => {
    const args = ['users', 'list', '--api-url', ready.url];
    const { code, stdout } = await willcall(args, { folder: await emptyFolder() });
    expect(code).toBe(0);
    expect(stdout).toContain('demo@example.com');
  });

  test('nowhere, and the sentence says how to start one', async () => {
    const args = ['users', 'list', '--api-url', 'http://localhost:9'];
    const { code, stdout, stderr } = await willcall(args, { folder: await emptyFolder() });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('No server answers at http://localhost:9');
    expect(stderr).toContain("Start one with 'willcall dev', or name its address with --api-url.");
  });

  test('elsewhere, and then no key of this machine goes there', async () => {
    const { code, stderr } = await here('users', 'list', '--api-url', 'http://192.0.2.77:4000');
    expect(code).toBe(1);
    expect(stderr).toContain('needs a secret key. Set WILLCALL_SECRET_KEY');
  });

  test('on an open road, where no production key goes', async () => {
    const env = {
      WILLCALL_SECRET_KEY: `sk_live_${'x'.repeat(40)}`,
      WILLCALL_API_URL: 'http://192.0.2.77:4000',
    };
    const { code, stderr } = await willcall(['users', 'list'], {
      folder: await emptyFolder(),
      env,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('is not encrypted');
  });
});

async function tokensOf(email: string): Promise<readonly SignInTokenDetailsJSON[]> {
  const { stdout } = await here('tokens', 'list', '--email', email, '--json');
  return (JSON.parse(stdout) as { data: readonly SignInTokenDetailsJSON[] }).data;
}

async function expiredToken(): Promise<{ ticket: string }> {
  const { stdout } = await here(
    'tokens',
    'create',
    '--email',
    'demo@example.com',
    '--expires',
    '1s',
    '--json',
  );
  await new Promise((resolve) => setTimeout(resolve, 1100));
  return { ticket: (JSON.parse(stdout) as SignInTokenJSON).token ?? '' };
}
