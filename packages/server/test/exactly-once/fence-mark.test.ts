import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFenceKeeper } from '../../src/store/fence-keeper.ts';
import { FenceMarkError, readFenceMark, writeFenceMark } from '../../src/store/fence-mark.ts';
import { countWrites } from '../../src/store/write-count.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { openService, type TestService } from '../service.ts';

/** A place for data and a place for its mark, apart. */
async function openPlaces() {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-mark-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { data: path.join(folder, 'data'), fence: path.join(folder, 'fence'), folder };
}

type Places = Awaited<ReturnType<typeof openPlaces>>;

/** A server over these data, as far as its fence goes. It ends with the test at the latest. */
async function start({ data, fence }: Places) {
  await mkdir(data, { recursive: true });
  let count = () => 0;
  const service = await openService({
    folder: data,
    before(engine) {
      const counted = countWrites(engine);
      count = counted.count;
      return counted.engine;
    },
  });
  let isOpen = true;
  const kill = async () => {
    if (isOpen) await service.close();
    isOpen = false;
  };
  onTestFinished(kill);
  const keeper = await openFenceKeeper({
    world: service.world,
    dataFolder: data,
    fenceFolder: fence,
    countWrites: () => count(),
  });
  const stop = async () => {
    await keeper.keep();
    await kill();
  };
  return { service, keeper, kill, stop };
}

async function pendingTicket(service: TestService): Promise<string> {
  return (await issueTicket(service, (await createPerson(service)).id)).token;
}

/** The data as they are on disk at this moment, put away. */
async function copyData(places: Places, name: string): Promise<void> {
  await cp(places.data, path.join(places.folder, name), { recursive: true });
}

async function putBack(places: Places, name: string): Promise<void> {
  await rm(places.data, { recursive: true });
  await cp(path.join(places.folder, name), places.data, { recursive: true });
}

describe('data that were rolled back', () => {
  test('by a copy from before a stop are noticed at the start, and their tickets are over', async () => {
    const places = await openPlaces();
    const first = await start(places);
    const ticket = await pendingTicket(first.service);
    await first.stop();
    await copyData(places, 'copy');
    const second = await start(places);
    expect((await redeem(second.service.browser(), ticket)).status).toBe(200);
    await second.stop();

    await putBack(places, 'copy');
    const third = await start(places);
    expect(third.keeper.raised).toMatchObject({ epoch: 2, endedTickets: 1, endedSessions: 0 });
    expect((await redeem(third.service.browser(), ticket)).code).toBe('sign_in_token_revoked_code');
    expect((await third.service.world.store.fence.findRaise())?.reason).toBe('rolled_back');
    const fresh = await pendingTicket(third.service);
    expect((await redeem(third.service.browser(), fresh)).status).toBe(200);
    await third.stop();
    expect((await start(places)).keeper.raised).toBeUndefined();
  });

  test('by a snapshot of the running server, which was then killed, are noticed up to the last mark', async () => {
    const places = await openPlaces();
    const first = await start(places);
    const ticket = await pendingTicket(first.service);
    await copyData(places, 'snapshot');
    expect((await redeem(first.service.browser(), ticket)).status).toBe(200);
    await first.keeper.keep();
    await first.kill();
    await putBack(places, 'snapshot');
    const second = await start(places);
    expect(second.keeper.raised).toMatchObject({ endedTickets: 1 });
    expect((await redeem(second.service.browser(), ticket)).code).toBe(
      'sign_in_token_revoked_code',
    );
  });

  test('over and over are noticed each time, and the fence never falls', async () => {
    const places = await openPlaces();
    const first = await start(places);
    const ticket = await pendingTicket(first.service);
    await first.stop();
    await copyData(places, 'copy');
    const epochs: (number | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      await (await start(places)).stop();
      await putBack(places, 'copy');
      const again = await start(places);
      epochs.push(again.keeper.raised?.epoch);
      expect((await redeem(again.service.browser(), ticket)).code).toBe(
        'sign_in_token_revoked_code',
      );
      await again.stop();
    }
    expect(epochs).toEqual([2, 3, 4]);
  });
});

describe('data that were not rolled back', () => {
  test('end nothing: after a stop, after a kill, and after a kill between commit and mark', async () => {
    const places = await openPlaces();
    const first = await start(places);
    const ticket = await pendingTicket(first.service);
    await first.stop();
    const second = await start(places);
    expect(second.keeper.raised).toBeUndefined();
    await createPerson(second.service);
    await second.kill();
    const third = await start(places);
    expect(third.keeper.raised).toBeUndefined();
    await third.service.world.store.fence.advance();
    await third.kill();
    const fourth = await start(places);
    expect(fourth.keeper.raised).toBeUndefined();
    expect((await redeem(fourth.service.browser(), ticket)).status).toBe(200);
  });

  test('nor does the first start with a mark end anything', async () => {
    const places = await openPlaces();
    const { keeper, service } = await start(places);
    expect(keeper.raised).toBeUndefined();
    expect(await readdir(places.fence)).toEqual([`${service.world.instance.id}.json`]);
    const [name = ''] = await readdir(places.fence);
    expect((await stat(path.join(places.fence, name))).mode & 0o777).toBe(0o600);
  });
});

describe('the mark', () => {
  test('moves where something was written, and costs nothing where nothing was', async () => {
    const places = await openPlaces();
    const { keeper, service } = await start(places);
    const mark = async () => (await readFenceMark(places.fence, service.world.instance.id))?.mark;
    const first = await mark();
    const before = service.dump();
    await keeper.keep();
    await keeper.keep();
    expect([await mark(), service.dump()]).toEqual([first, before]);
    await createPerson(service);
    await createPerson(service);
    await keeper.keep();
    await keeper.keep();
    expect(await mark()).toBe((first ?? 0) + 1);
  });

  test('is never lowered, by whomever it is written', async () => {
    const { fence } = await openPlaces();
    await writeFenceMark(fence, 'ins_a', { epoch: 3, mark: 40 });
    await writeFenceMark(fence, 'ins_a', { epoch: 2, mark: 41 });
    await writeFenceMark(fence, 'ins_b', { epoch: 1, mark: 1 });
    expect(await readFenceMark(fence, 'ins_a')).toEqual({ epoch: 3, mark: 41 });
    expect(await readFenceMark(fence, 'ins_b')).toEqual({ epoch: 1, mark: 1 });
  });

  test('that could not be kept is kept the next time', async () => {
    const places = await openPlaces();
    const { keeper, service } = await start(places);
    await createPerson(service);
    await rm(places.fence, { recursive: true });
    await writeFile(places.fence, 'a file where the folder was');
    await expect(keeper.keep()).rejects.toBeInstanceOf(FenceMarkError);
    await rm(places.fence);
    await keeper.keep();
    const kept = await readFenceMark(places.fence, service.world.instance.id);
    expect(kept).toEqual(await service.world.store.fence.find());
  });

  test.each(['', '{', '{}', '{"epoch":1}', '{"epoch":1,"mark":"2"}', '{"epoch":1.5,"mark":2}'])(
    'that reads %j stops the start: nobody can tell whether the data are old',
    async (written) => {
      const places = await openPlaces();
      const first = await start(places);
      const { id } = first.service.world.instance;
      await first.stop();
      const place = path.join(places.fence, `${id}.json`);
      await writeFile(place, written);
      await expect(start(places)).rejects.toThrow(`The fence mark ${place} cannot be used`);
      expect(await readFile(place, 'utf8')).toBe(written);
    },
  );

  test.each(['.', 'inside', '../data/inside'])(
    'in %s of the data folder would be rolled back with it, and is refused',
    async (way) => {
      const places = await openPlaces();
      const fence = path.join(places.data, way);
      await expect(start({ ...places, fence })).rejects.toThrow('lies in the data folder');
    },
  );
});
