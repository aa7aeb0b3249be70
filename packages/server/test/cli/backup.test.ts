import { cp, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from './command.ts';
import { redeemLink } from './redeem.ts';

async function codeOf(link: string, at: string): Promise<string | undefined> {
  return (await redeemLink(link, at)).body.errors?.[0]?.code;
}

describe('willcall backup and restore', () => {
  test('copy a running server, and bring it back without its tickets', async () => {
    const folder = await emptyFolder();
    const first = await startDevelopment({ folder });
    const made = await willcall(['backup', 'backup.db'], { folder });
    expect([made.code, made.stdout]).toEqual([0, 'backup.db\n']);
    expect((await stat(path.join(folder, 'backup.db'))).mode & 0o777).toBe(0o600);
    expect((await redeemLink(first.ready.sign_in_link)).body.response?.status).toBe('complete');
    await first.stop();

    const restored = await willcall(['restore', 'backup.db'], { folder });
    expect(restored.code).toBe(0);
    expect(restored.stdout).toBe(
      `Restored backup.db into ${await realpath(path.join(folder, '.willcall'))}.\n` +
        'The fence is at epoch 2: 1 pending tickets and 0 live sessions have ended.\n',
    );
    const former = /is (\S+\.db)\./.exec(restored.stderr)?.[1] ?? '';
    expect(await readdir(path.join(folder, '.willcall'))).toContain(path.basename(former));
    const second = await startDevelopment({ folder });
    expect(second.ready.demo_user_id).toBe(first.ready.demo_user_id);
    expect(await codeOf(first.ready.sign_in_link, second.ready.url)).toBe(
      'sign_in_token_revoked_code',
    );
    expect((await redeemLink(second.ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test('restore tells into which folder, and that nothing was in it', async () => {
    const folder = await emptyFolder();
    await willcall(['init', '--production'], { folder });
    const given = ['--env-file', path.join(folder, 'willcall.env')];
    await willcall(['backup', 'backup.db', ...given], { folder });
    // The file says .willcall, which counts from the working directory.
    const elsewhere = path.join(await realpath(folder), 'elsewhere');
    await mkdir(elsewhere);
    const args = ['restore', path.join(folder, 'backup.db'), ...given];
    const { code, stdout, stderr } = await willcall(args, { folder: elsewhere });
    expect([code, stdout]).toEqual([0, expect.stringContaining(` into ${elsewhere}/.willcall.\n`)]);
    expect(stderr).toContain(`There was no database in ${elsewhere}/.willcall before.`);
    const again = await willcall(args, { folder: elsewhere });
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('no database')]);
  });

  test('restore is refused while a server holds the folder, which serves on', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({ folder });
    await willcall(['backup', 'backup.db'], { folder });
    const refused = await willcall(['restore', 'backup.db'], { folder });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('Another Willcall works on .willcall');
    expect((await redeemLink(ready.sign_in_link)).body.response?.status).toBe('complete');
  });

  test('say in one sentence what is in the way, and change nothing', async () => {
    const folder = await emptyFolder();
    await (await startDevelopment({ folder })).stop();
    await willcall(['backup', 'backup.db'], { folder });
    await writeFile(path.join(folder, 'text.db'), 'no database');
    const present = async () =>
      (await readdir(path.join(folder, '.willcall'))).filter((name) => !/-(wal|shm)$/.test(name));
    const before = await present();
    for (const [args, sentence] of [
      [['backup', 'backup.db'], 'backup.db is there already and stays as it is.'],
      [['backup', 'nowhere/backup.db'], 'There is no folder for nowhere/backup.db.'],
      [['backup', 'b.db', '--data', 'empty'], 'There is no instance in empty.'],
      [['restore', 'nothing.db'], 'There is no file nothing.db.'],
      [['restore', 'text.db'], 'text.db is damaged, or no backup of Willcall.'],
      [
        ['restore', 'backup.db', '--data', 'empty'],
        'Put its development.json into the data folder',
      ],
    ] as const) {
      const { code, stdout, stderr } = await willcall(args, { folder });
      expect([args, code, stdout]).toEqual([args, 1, '']);
      expect(stderr).toContain(sentence);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
    expect(await present()).toEqual(before);
    expect((await willcall(['restore'], { folder })).code).toBe(2);
  });

  test('a database of a newer version is neither restored nor served', async () => {
    const folder = await emptyFolder();
    await (await startDevelopment({ folder })).stop();
    await willcall(['backup', 'backup.db'], { folder });
    const database = new DatabaseSync(path.join(folder, 'backup.db'));
    database.exec("INSERT INTO migrations (name, applied_at) VALUES ('999-later', 0)");
    database.close();
    const { code, stderr } = await willcall(['restore', 'backup.db'], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain('The database was written by a newer version of Willcall.');
    await cp(path.join(folder, 'backup.db'), path.join(folder, '.willcall/willcall.db'));
    const started = await willcall(['dev', '--port', '0'], { folder });
    expect(started.code).toBe(1);
    expect(started.stderr).toContain('The database was written by a newer version of Willcall.');
  });
});

describe('willcall fence', () => {
  test('raise is obeyed by the running server at once, and show tells it', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({ folder });
    const shown = await willcall(['fence', 'show'], { folder });
    expect(shown.stdout).toContain('Epoch 1: the fence was never raised.\n');
    const raised = await willcall(['fence', 'raise'], { folder });
    expect([raised.code, raised.stdout]).toEqual([
      0,
      'The fence is at epoch 2: 1 pending tickets and 0 live sessions have ended.\n',
    ]);
    expect(await codeOf(ready.sign_in_link, ready.url)).toBe('sign_in_token_revoked_code');
    const json = await willcall(['fence', 'show', '--json'], { folder });
    expect(JSON.parse(json.stdout)).toEqual({
      epoch: 2,
      mark: 1,
      reason: 'operator',
      raised_at: expect.any(Number) as number,
      kept_mark: null,
    });
  });

  test('a server whose data folder was put back by hand notices, says so, and goes on', async () => {
    const folder = await emptyFolder();
    const env = { WILLCALL_FENCE_DIR: 'fence' };
    const data = path.join(folder, '.willcall');
    const first = await startDevelopment({ folder, env });
    await first.stop();
    await cp(data, path.join(folder, 'copy'), { recursive: true });
    const second = await startDevelopment({ folder, env });
    expect(second.written().stderr).toBe('');
    expect((await redeemLink(first.ready.sign_in_link, second.ready.url)).status).toBe(200);
    await second.stop();
    await rm(data, { recursive: true });
    await cp(path.join(folder, 'copy'), data, { recursive: true });

    const third = await startDevelopment({ folder, env });
    expect(third.written().stderr).toContain('the data is older than its mark');
    expect(await codeOf(first.ready.sign_in_link, third.ready.url)).toBe(
      'sign_in_token_revoked_code',
    );
    expect((await redeemLink(third.ready.sign_in_link)).body.response?.status).toBe('complete');
    const { stdout } = await willcall(['fence', 'show'], { folder, env });
    expect(stdout).toMatch(/^Epoch 2: since .+Z, since the data was older than its mark\.\n/);
    expect(stdout).toMatch(/Mark \d+, and \d+ in WILLCALL_FENCE_DIR\.\n/);
    await third.stop();
  });

  test('a running server keeps its mark while it writes', async () => {
    const folder = await emptyFolder();
    const env = { WILLCALL_FENCE_DIR: 'fence' };
    const { ready, stop } = await startDevelopment({ folder, env });
    const mark = async () => {
      const names = await readdir(path.join(folder, 'fence'));
      const name = names.find((each) => each.endsWith('.json')) ?? '';
      const written = await readFile(path.join(folder, 'fence', name), 'utf8');
      return (JSON.parse(written) as { mark: number }).mark;
    };
    const before = await mark();
    await redeemLink(ready.sign_in_link);
    await expect.poll(mark, { timeout: 30_000 }).toBeGreaterThan(before);
    await stop();
  });

  test('a mark that cannot be used stops the start', async () => {
    const folder = await emptyFolder();
    const inside = { WILLCALL_FENCE_DIR: '.willcall/fence' };
    const started = await willcall(['dev', '--port', '0'], { folder, env: inside });
    expect([started.code, started.stdout]).toEqual([1, '']);
    expect(started.stderr).toContain('WILLCALL_FENCE_DIR lies in the data folder');
  });
});
