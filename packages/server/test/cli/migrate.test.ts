import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holdFolder } from '../../src/store/folder-hold.ts';
import { stepNames } from '../../src/store/migrations.ts';
import { emptyFolder, startWillcall, willcall } from './command.ts';

/** Each command is a process, and the machine may be busy. */
const patient = { timeout: 240_000 };

const given = ['--env-file', 'willcall.env'];
const off = { WILLCALL_MIGRATE: 'off' };
const last = '012-create-organizations';

/** A working directory with a production instance. */
let origin: string;

beforeAll(async () => {
  origin = await mkdtemp(path.join(tmpdir(), 'willcall-migrate-'));
  const init = ['init', '--production', '--public-url', 'https://auth.example.com'];
  await willcall(init, { folder: origin });
});
afterAll(() => rm(origin, { recursive: true, force: true }));

/** A copy of it, its database as these statements leave it. */
async function instance(...statements: readonly string[]): Promise<string> {
  const folder = await emptyFolder();
  await cp(origin, folder, { recursive: true });
  const database = new DatabaseSync(path.join(folder, '.willcall/willcall.db'));
  for (const sql of statements) database.exec(sql);
  database.close();
  return folder;
}

/** As one step before: the step can run again. */
const behind = () =>
  instance('DROP INDEX organizations_by_creator', `DELETE FROM migrations WHERE name = '${last}'`);

describe('willcall migrate', patient, () => {
  test('plan tells what is pending and apply runs it, beside a server too', async () => {
    const folder = await behind();
    const plan = await willcall(['migrate', 'plan', ...given], { folder });
    expect([plan.code, plan.stdout]).toEqual([
      0,
      `${last}\n  writes rows of users\n  builds an index of organizations: writes to it wait until the step is done\n`,
    ]);
    expect(plan.stderr).toContain('No step is undone');
    const status = await willcall(['migrate', 'status', '--json', ...given], { folder });
    expect(JSON.parse(status.stdout)).toMatchObject({
      engine: 'sqlite',
      pending: [last],
      ahead: [],
      unknown: [],
    });
    const applied = await willcall(['migrate', 'apply', '--json', ...given], { folder });
    expect(JSON.parse(applied.stdout)).toEqual({ ran: [last] });
    const again = await willcall(['migrate', 'apply', ...given], { folder });
    expect([again.code, again.stdout, again.stderr]).toEqual([0, '', 'Nothing was pending.\n']);
  });

  test('with WILLCALL_MIGRATE=off a server refuses a schema that is behind, and names the command', async () => {
    const folder = await behind();
    for (const args of [
      ['serve', '--port', '0'],
      ['keys', 'list'],
      ['fence', 'show'],
    ]) {
      const refused = await willcall([...args, ...given], { folder, env: off });
      expect([args, refused.code, refused.stdout, refused.stderr]).toEqual([
        args,
        1,
        '',
        `The schema of the database is behind, and WILLCALL_MIGRATE is off: ${last}. Run 'willcall migrate apply'.\n`,
      ]);
    }
    await willcall(['migrate', 'apply', ...given], { folder, env: off });
    const serving = ['serve', '--port', '0', ...given];
    const { firstLine } = await startWillcall(serving, { folder, env: off });
    expect(firstLine).toContain('Willcall serves');
  });

  test('a command beside a server leaves a schema that is behind as it is, and alone brings it up to date', async () => {
    const folder = await behind();
    // As a server of the version before.
    const hold = holdFolder(path.join(folder, '.willcall'), 'serve');
    const pending = async () => {
      const { stdout } = await willcall(['migrate', 'status', '--json', ...given], { folder });
      return (JSON.parse(stdout) as { pending: string[] }).pending;
    };
    for (const args of [
      ['keys', 'list'],
      ['fence', 'show'],
      ['purge', '--dry-run'],
      ['audit', 'verify'],
    ]) {
      const refused = await willcall([...args, ...given], { folder });
      expect([args, refused.code, refused.stdout, refused.stderr]).toEqual([
        args,
        1,
        '',
        'A server works on .willcall, whose schema is of an older version. Restart the server with this one, ' +
          "which brings it up to date, or stop it and run 'willcall migrate apply'.\n",
      ]);
    }
    expect(await pending()).toEqual([last]);
    hold.release();
    expect((await willcall(['keys', 'list', ...given], { folder })).code).toBe(0);
    expect(await pending()).toEqual([]);
  });

  test('without it the start brings the schema up to date, as it ever did', async () => {
    const folder = await behind();
    await startWillcall(['serve', '--port', '0', ...given], { folder });
    const { stdout } = await willcall(['migrate', 'status', '--json', ...given], { folder });
    const { applied, pending } = JSON.parse(stdout) as {
      applied: { name: string; applied_at: number }[];
      pending: string[];
    };
    expect(applied.map(({ name }) => name)).toEqual(stepNames);
    expect(pending).toEqual([]);
  });

  test('tells a schema of the next version, beside which this one serves, from one that is too new', async () => {
    const add = (name: string) => `INSERT INTO migrations (name, applied_at) VALUES ('${name}', 0)`;
    const ahead = await instance(add('v2-099-next'));
    const next = await willcall(['migrate', 'status', ...given], { folder: ahead });
    expect(next.stdout).toMatch(/v2-099-next +ran 1970.+Z, of the next version\n/);
    expect(next.stderr).toContain('this one works beside it');
    await startWillcall(['serve', '--port', '0', ...given], { folder: ahead });

    const newer = await instance(add('v3-100-later'));
    const shown = await willcall(['migrate', 'status', ...given], { folder: newer });
    expect(shown.stdout).toMatch(/v3-100-later +ran 1970.+Z, of a version that is too new\n/);
    for (const verb of ['plan', 'apply']) {
      const refused = await willcall(['migrate', verb, ...given], { folder: newer });
      expect([refused.code, refused.stdout, refused.stderr]).toEqual([
        1,
        '',
        'The database was written by a newer version of Willcall. Install that one, or restore a backup from before.\n',
      ]);
    }
  });

  test('needs a database', async () => {
    const folder = await emptyFolder();
    const { code, stderr } = await willcall(['migrate', 'apply'], { folder });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('There is no instance in .willcall.'),
    ]);
  });
});
