import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sealAuditLog } from '../../src/domain/audit-log/verify.ts';
import type { Purged } from '../../src/domain/retention/purge.ts';
import { createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { appOrigin, openService, type TestOptions } from '../service.ts';
import { emptyFolder, startDevelopment, willcall } from './command.ts';
import { redeemLink } from './redeem.ts';

const day = 86_400_000;

const options = (folder: string): TestOptions => ({
  type: 'production',
  folder,
  settings: { allowedOrigins: [appOrigin], confirmation: 'none' },
});

/** A production instance, and what was done in it 400 days ago. */
async function openOldInstance() {
  const folder = await emptyFolder();
  const startsAt = Date.now() - 400 * day;
  const service = await openService({ ...options(folder), startsAt });
  const person = await createPerson(service);
  await signInPerson(service, { user: person });
  const used = await issueTicket(service, person.id);
  await redeem(service.browser(), used.token);
  await redeem(service.browser(), used.token);
  await service.backend('GET', `/v1/sign_in_tokens/${used.id}`);
  service.clock.advance(400 * day);
  const good = await issueTicket(service, person.id);
  await sealAuditLog(service.world);
  await service.close();
  const env = {
    WILLCALL_DATA: folder,
    WILLCALL_SECRET: 'a secret of the tests that opens nothing else',
  };
  const run = (...args: string[]) => willcall(args, { folder, env });
  return { folder, run, good };
}

const nothing = {
  sign_in_tokens: 0,
  invitations: 0,
  sessions: 0,
  clients: 0,
  sign_ins: 0,
  sign_ups: 0,
  refused_redemptions: 0,
  traces: 0,
  idempotency_keys: 0,
  one_use_codes: 0,
  rate_limits: 0,
  audit_lines: 0,
};

describe('willcall purge', () => {
  test('says what would go and changes nothing, then removes it, and leaves what is good', async () => {
    const { folder, run, good } = await openOldInstance();
    const file = path.join(folder, 'willcall.db');
    const before = await readFile(file);
    const dry = await run('purge', '--dry-run', '--json');
    expect([dry.code, dry.stderr]).toEqual([0, '']);
    const counted = (JSON.parse(dry.stdout) as { is_dry_run: boolean; removed: Purged }).removed;
    expect(counted).toMatchObject({
      sign_in_tokens: 2,
      sessions: 2,
      clients: 2,
      sign_ins: 2,
      refused_redemptions: 1,
      traces: 2,
    });
    // The key of the server, both tokens with their redemptions, and the refusal.
    expect(counted.audit_lines).toBe(6);
    expect((await readFile(file)).equals(before)).toBe(true);

    const removed = await run('purge', '--json');
    expect([removed.code, removed.stderr]).toEqual([0, '']);
    // A token that goes takes its network and device with it.
    const gone = { ...counted, traces: 0 };
    expect(JSON.parse(removed.stdout)).toEqual({ is_dry_run: false, removed: gone });
    const verified = await run('audit', 'verify');
    expect([verified.code, verified.stderr]).toEqual([
      0,
      expect.stringMatching(
        /^All 2 lines are whole, from line 7 of .+Z on\. Older ones were taken away\.\n$/,
      ),
    ]);
    const reopened = await openService(options(folder));
    expect((await redeem(reopened.browser(), good.token)).body.response.status).toBe('complete');
    await reopened.close();
  });

  test('runs beside the server, which goes on', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({ folder });
    const purged = await willcall(['purge', '--json'], { folder });
    expect([purged.code, JSON.parse(purged.stdout)]).toEqual([
      0,
      { is_dry_run: false, removed: nothing },
    ]);
    const shown = await willcall(['purge', '--dry-run'], { folder });
    expect(shown.stdout).toMatch(/^what +would go\nsign-in tokens that ended +0\n/);
    expect((await redeemLink(ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test('says in one sentence where there is nothing to purge', async () => {
    const folder = await emptyFolder();
    await writeFile(path.join(folder, 'willcall.env'), '');
    const { code, stdout, stderr } = await willcall(['purge'], { folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('There is no instance in .willcall.');
  });
});
