import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { InstanceSettings } from '../src/domain/instance/settings.ts';
import { defaultSettings } from '../src/settings-file.ts';
import { fromFile } from '../src/world/instance-state.ts';
import { testDatabase } from './database/test-database.ts';
import { openService, type TestService } from './service.ts';

const file = { supportEmail: 'of-the-file@example.com', passwordMinLength: 9 };
const changed = { ...file, passwordMinLength: 10 };

/** Starts nodes one after the other on the same data. */
async function openFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-configuration-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return {
    folder,
    async start<Result>(
      settings: Partial<InstanceSettings>,
      use: (node: TestService) => Promise<Result>,
    ): Promise<Result> {
      const node = await openService({ folder, settings });
      try {
        return await use(node);
      } finally {
        await node.close();
      }
    },
  };
}

const patch = (email: string) => async (node: TestService) =>
  expect((await node.backend('PATCH', '/v1/instance', { support_email: email })).status).toBe(204);

const given = async ({ world }: TestService) => {
  const { supportEmail, passwordMinLength } = world.instance.settings;
  const kept = (await world.store.instance.find())?.settings;
  expect(kept).toMatchObject({ supportEmail, passwordMinLength });
  return { supportEmail, passwordMinLength };
};

describe('a configuration file', () => {
  test('that did not change leaves what the Backend API changed since', async () => {
    const { start } = await openFolder();
    await start(file, patch('patched@example.com'));
    for (let count = 0; count < 2; count++)
      expect(await start(file, given)).toEqual({ ...file, supportEmail: 'patched@example.com' });
  });

  test('that changed is applied whole, once', async () => {
    const { start } = await openFolder();
    await start(file, patch('patched@example.com'));
    expect(await start(changed, given)).toEqual(changed);
    await start(changed, patch('again@example.com'));
    expect(await start(changed, given)).toEqual({ ...changed, supportEmail: 'again@example.com' });
    expect(await start(file, given)).toEqual(file);
  });

  test('that was given to the instance meanwhile is not applied by the next start', async () => {
    const { start } = await openFolder();
    await start(file, async (node) => {
      await node.world.instance.save({ ...defaultSettings, ...changed });
      expect(await given(node)).toEqual(changed);
      await patch('patched@example.com')(node);
    });
    expect(await start(changed, given)).toEqual({
      ...changed,
      supportEmail: 'patched@example.com',
    });
  });

  test('that a former version applied is applied once more', async () => {
    const { folder, start } = await openFolder();
    await start(file, patch('patched@example.com'));
    const database = await testDatabase(folder);
    const engine = database.open();
    const former = JSON.stringify({ ...defaultSettings, supportEmail: 'former@example.com' });
    await engine.write((tx) => tx.run('UPDATE instance SET settings = ?', former));
    await engine.close();
    await database.close();
    expect(await start(file, given)).toEqual(file);
    await start(file, patch('patched@example.com'));
    expect(await start(file, given)).toEqual({ ...file, supportEmail: 'patched@example.com' });
  });

  test('does not change by a setting that the next version has, or by its order', () => {
    const ofFile = (settings: object, presets: object) =>
      fromFile({ ...defaultSettings, ...settings }, { ...defaultSettings, ...presets }).appliedFile;
    const now = ofFile(file, {});
    const { supportEmail, passwordMinLength } = file;
    expect(ofFile({ passwordMinLength, supportEmail }, {})).toBe(now);
    expect(ofFile({ ...file, isNew: true }, { isNew: true })).toBe(now);
    expect(ofFile({ ...file, isNew: false }, { isNew: true })).not.toBe(now);
    expect(ofFile({ ...file, homeUrl: 'https://app.example.com' }, {})).not.toBe(now);
    const turned = { strategies: { emailCode: false, password: true } };
    const same = { strategies: { password: true, emailCode: false } };
    expect(ofFile(turned, {})).toBe(ofFile(same, {}));
    expect(ofFile(turned, {})).not.toBe(ofFile({}, {}));
  });

  test('is none of the settings that the instance has', async () => {
    const { start } = await openFolder();
    const names = Object.keys({ ...defaultSettings }).toSorted();
    for (let count = 0; count < 2; count++)
      await start(file, async ({ world, clock }) => {
        expect(Object.keys(world.instance.settings).toSorted()).toEqual(names);
        clock.advance(1000);
        await world.instance.refresh();
        expect(Object.keys(world.instance.settings).toSorted()).toEqual(names);
      });
  });
});
