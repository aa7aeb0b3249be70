import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from './command.ts';

async function folderWith(settings: unknown): Promise<string> {
  const folder = await emptyFolder();
  await writeSettings(folder, settings);
  return folder;
}

async function writeSettings(folder: string, settings: unknown): Promise<void> {
  await writeFile(path.join(folder, 'willcall.config.json'), JSON.stringify(settings));
}

describe('willcall config check', () => {
  test('says that a file can be used', async () => {
    const folder = await folderWith({ application_name: 'Shop' });
    const { code, stdout, stderr } = await willcall(['config', 'check'], { folder });
    expect([code, stdout, stderr]).toEqual([0, 'willcall.config.json can be used.\n', '']);
  });

  test('tells every problem with its path', async () => {
    const folder = await folderWith({
      aplication_name: 'Shop',
      allowed_origins: ['https://a.example.com', 'https://b.example.com/'],
      password_min_length: 4,
      sign_up: 'open',
    });
    const { code, stdout, stderr } = await willcall(['config', 'check'], { folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('aplication_name');
    expect(stderr).toContain('  allowed_origins[1]: Write an origin');
    expect(stderr).toContain('  password_min_length: ');
    expect(stderr).toContain('  sign_up: ');
    expect(stderr.trim().split('\n')).toHaveLength(5);
  });

  test('takes no text with a control character, and applies none', async () => {
    const folder = await folderWith({
      application_name: 'a\u0000b\r\nBcc: x@y.z',
      sign_in_url: 'https://app.example.com/a\u0001b',
      new_link_url: 'mailto:a@example.com?subject=\u0007',
      enterprise_connections: [
        {
          name: 'A\tB',
          domains: ['a.example'],
          discovery_url: 'https://a.example\n',
          client_id: '\u001b',
        },
      ],
    });
    const { code, stdout, stderr } = await willcall(['config', 'check'], { folder });
    expect([code, stdout]).toEqual([1, '']);
    for (const name of [
      'application_name',
      'sign_in_url',
      'new_link_url',
      'name',
      'discovery_url',
      'client_id',
    ])
      expect(stderr).toContain(`${name}: It has a control character`);
  });

  test('warns of what is set and without effect', async () => {
    const folder = await folderWith({});
    const env = {
      DATABASE_REPLICA_URL: 'postgresql://replica.example.com/willcall',
      WILLCALL_CLERK_PACKAGES: '/nonexistent',
    };
    const { code, stdout, stderr } = await willcall(['config', 'check'], { folder, env });
    expect([code, stdout]).toEqual([0, 'willcall.config.json can be used.\n']);
    expect(stderr).toContain('Warning: DATABASE_REPLICA_URL is set without DATABASE_URL');
    expect(stderr).toContain('Warning: WILLCALL_CLERK_PACKAGES is set, and there is no');
  });

  test('tells with --production what the production start asks', async () => {
    const folder = await folderWith({ allowed_origins: ['http://app.example.com'] });
    expect((await willcall(['config', 'check'], { folder })).code).toBe(0);
    const { code, stderr } = await willcall(['config', 'check', '--production'], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain('public_url is not set.');
    expect(stderr).toContain('allowed_origins has http://app.example.com.');
  });

  test.each([
    [[], 'There is no willcall.config.json here. Name the file with --config.'],
    [['--config', 'mine.json'], 'There is no file mine.json. Check --config.'],
    [['--config', '.'], '. is a folder and no file. Check --config.'],
  ])('needs a file (%j)', async (more, sentence) => {
    const { code, stderr } = await willcall(['config', 'check', ...more], {
      folder: await emptyFolder(),
    });
    expect([code, stderr]).toEqual([1, `${sentence}\n`]);
  });
});

describe('willcall config apply', () => {
  test('gives a running server its settings within a second', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({ folder });
    await writeSettings(folder, { application_name: 'The Shop' });
    const { code, stdout } = await willcall(['config', 'apply'], { folder });
    expect([code, stdout]).toEqual([0, 'Applied willcall.config.json.\n']);
    await expect.poll(() => applicationName(ready.url)).toBe('The Shop');
  });

  test('changes nothing when the file cannot be used', async () => {
    const folder = await emptyFolder();
    const { ready } = await startDevelopment({ folder });
    const before = await applicationName(ready.url);
    await writeSettings(folder, { application_name: 'The Shop', colour: 'red' });
    const { code, stderr } = await willcall(['config', 'apply'], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain('colour');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await applicationName(ready.url)).toBe(before);
  });

  test('refuses settings of development for a production instance', async () => {
    const folder = await emptyFolder();
    await willcall(['init', '--production', '--public-url', 'https://auth.example.com'], {
      folder,
    });
    await writeSettings(folder, {
      public_url: 'https://auth.example.com',
      allowed_origins: ['http://localhost:3000'],
    });
    const { code, stderr } = await willcall(['config', 'apply', '--env-file', 'willcall.env'], {
      folder,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was applied.');
    expect(stderr).toContain('allowed_origins has http://localhost:3000.');
  });
});

async function applicationName(url: string): Promise<string> {
  const answer = await fetch(`${url}/v1/environment`, {
    headers: { origin: 'http://localhost:3000' },
  });
  const body = (await answer.json()) as { display_config: { application_name: string } };
  return body.display_config.application_name;
}
