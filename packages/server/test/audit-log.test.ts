import type { ActorTokenJSON, AuditLineJSON, PageJSON } from '@willcall/contract';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  type AuditLogStore,
  auditEntry,
  byItself,
  operator,
} from '../src/domain/audit-log/audit-log.ts';
import { draftCut } from '../src/domain/audit-log/cut.ts';
import { countHeldLines, inParts, purge } from '../src/domain/retention/purge.ts';
import { sealAuditLog, verifyAuditLog } from '../src/domain/audit-log/verify.ts';
import type { World } from '../src/domain/world.ts';
import type { Engine } from '../src/store/engine.ts';
import { appendAudit, auditLogStore, eraseFromAudit } from '../src/store/audit-log.ts';
import { migrate } from '../src/store/migrations.ts';
import { openData } from '../src/main.ts';
import { defaultSettings } from '../src/settings-file.ts';
import { openSqlite } from '../src/store/sqlite-engine.ts';
import { rotateKeys } from '../src/world/open-world.ts';
import { openSecretBox } from '../src/world/secret-box.ts';
import { createPerson, issueTicket, redeem } from './people.ts';
import { serverOptions } from './server-options.ts';
import { openService, type TestService } from './service.ts';

describe('what is done', () => {
  let service: TestService;
  let keyId: string;

  beforeEach(async () => {
    service = await openService();
    onTestFinished(() => service.close());
    keyId = (await service.world.store.secretKeys.list())[0]?.id ?? '';
  });

  async function lines(query: string): Promise<AuditLineJSON[]> {
    const { body } = await service.backend<PageJSON<AuditLineJSON>>(
      'GET',
      `/v1/audit_log?${query}`,
    );
    return body.data;
  }

  test('to a ticket stands in the log, with who, when, from where and why', async () => {
    const user = await createPerson(service);
    const { id, token } = await issueTicket(service, user.id, { reason: 'a lost password' });
    const { body } = await redeem(service.browser(), token);
    await redeem(service.browser(), token);
    const revoked = await issueTicket(service, user.id);
    await service.backend('POST', `/v1/sign_in_tokens/${revoked.id}/revoke`);
    // The note of a refusal is awaited here.
    await service.backend('GET', `/v1/sign_in_tokens/${id}`);
    const server = { kind: 'secret_key', id: keyId };
    expect(await lines(`subject_id=${id}`)).toMatchObject([
      {
        action: 'ticket.refused',
        detail: { code: 'sign_in_token_already_used_code' },
        address: '127.0.0.0/24',
      },
      {
        action: 'ticket.redeemed',
        agent: { kind: 'user', id: user.id },
        user_id: user.id,
        detail: { session_id: body.response.created_session_id, strategy: 'ticket' },
      },
      {
        action: 'sign_in_token.created',
        agent: server,
        user_id: user.id,
        reason: 'a lost password',
        at: service.clock.now(),
      },
    ]);
    expect(await lines(`subject_id=${revoked.id}&limit=1`)).toMatchObject([
      { action: 'sign_in_token.revoked', agent: server },
    ]);
    expect(JSON.stringify(await lines('limit=500'))).not.toContain(token.slice(-27));
    expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  });

  test('as another person names both', async () => {
    const [user, support] = [await createPerson(service), await createPerson(service)];
    const { body } = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
      user_id: user.id,
      actor: { sub: support.id },
    });
    await redeem(service.browser(), body.token ?? '');
    expect(await lines(`subject_id=${body.id}`)).toMatchObject([
      { action: 'ticket.redeemed', agent: { kind: 'actor', id: support.id }, user_id: user.id },
      { action: 'actor_token.created', user_id: user.id, actor: support.id },
    ]);
  });

  test('is found by who did it, to themselves and to others, in one order and page by page', async () => {
    const [agent, other] = [await createPerson(service), await createPerson(service)];
    const own = async () => redeem(service.browser(), (await issueTicket(service, agent.id)).token);
    const asOther = async () => {
      const { body } = await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', {
        user_id: other.id,
        actor: { sub: agent.id },
      });
      await redeem(service.browser(), body.token ?? '');
    };
    for (const act of [own, asOther, own, asOther]) await act();
    await redeem(service.browser(), (await issueTicket(service, other.id)).token);
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: string = cursor && `&cursor=${cursor}`;
      const { body } = await service.backend<PageJSON<AuditLineJSON>>(
        'GET',
        `/v1/audit_log?agent_id=${agent.id}&limit=3${page}`,
      );
      found.push(...body.data.map((line) => line.user_id ?? ''));
      cursor = body.next_cursor;
    }
    expect(found).toEqual([other.id, agent.id, other.id, agent.id]);
    const both = await lines(`agent_id=${agent.id}&user_id=${other.id}`);
    expect(both.map((line) => line.user_id)).toEqual([other.id, other.id]);
  });

  test('to users, keys and many tokens stands in the log, and a refusal writes nothing', async () => {
    const user = await createPerson(service);
    await issueTicket(service, user.id);
    await service.backend('POST', '/v1/sign_in_tokens/revoke', { user_id: user.id });
    await service.backend('POST', '/v1/sign_in_tokens/revoke', { user_id: user.id });
    await service.backend('POST', `/v1/users/${user.id}/ban`);
    const { number: before } = (await lines('limit=1'))[0] ?? { number: 0 };
    await service.backend('POST', '/v1/sign_in_tokens', { user_id: user.id });
    await service.backend('POST', '/v1/users/user_none/ban');
    await service.backend('DELETE', '/v1/users/user_none');
    expect((await lines('limit=1'))[0]?.number).toBe(before);
    expect((await lines(`user_id=${user.id}`)).map(({ action }) => action)).toEqual([
      'user.banned',
      'sign_in_token.revoked',
      'sign_in_token.created',
    ]);
    expect(await lines('action=secret_key.created')).toMatchObject([{ subject_id: keyId }]);
  });

  /** Signs a new person in on a browser of their own. */
  async function signIn() {
    const user = await createPerson(service);
    const browser = service.browser();
    const { body } = await redeem(browser, (await issueTicket(service, user.id)).token);
    return { user, browser, sessionId: body.response.created_session_id ?? '' };
  }

  test('to a session ends it with a line, whoever does it and however', async () => {
    const revoke = (sessionId: string) =>
      service.backend('POST', `/v1/sessions/${sessionId}/revoke`);
    const ways: [string, object, Awaited<ReturnType<typeof signIn>>][] = [];
    for (const verb of ['end', 'remove'] as const) {
      const one = await signIn();
      await one.browser.post(`/v1/client/sessions/${one.sessionId}/${verb}`, {});
      const status = verb === 'end' ? 'ended' : 'removed';
      ways.push(['session.ended', { agent: { id: one.user.id }, detail: { status } }, one]);
    }
    for (const address of ['/v1/client', '/v1/client/sessions']) {
      const one = await signIn();
      await one.browser.post(`${address}?_method=DELETE`, {});
      ways.push(['session.ended', { detail: { status: 'removed' } }, one]);
    }
    const own = await signIn();
    await own.browser.post(`/v1/me/sessions/${own.sessionId}/revoke`, {});
    ways.push(['session.revoked', { agent: { kind: 'user', id: own.user.id } }, own]);
    const other = await signIn();
    await revoke(other.sessionId);
    ways.push(['session.revoked', { agent: { kind: 'secret_key', id: keyId } }, other]);
    for (const [action, line, { user, sessionId }] of ways) {
      const found = await lines(`subject_id=${sessionId}`);
      expect(found).toMatchObject([{ action, user_id: user.id, ...line }]);
    }
    expect(ways).toHaveLength(6);
    // What is over ends no second time.
    await revoke(other.sessionId);
    expect(await lines(`subject_id=${other.sessionId}`)).toHaveLength(1);
    expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  });

  test('to a ban, a lock, settings and signing keys stands in the log', async () => {
    const user = await createPerson(service);
    for (const verb of ['ban', 'unban', 'lock', 'unlock'])
      await service.backend('POST', `/v1/users/${user.id}/${verb}`);
    expect((await lines(`user_id=${user.id}`)).map(({ action }) => action)).toEqual([
      'user.unlocked',
      'user.locked',
      'user.unbanned',
      'user.banned',
    ]);
    await service.backend('PATCH', '/v1/instance', { test_mode: true });
    expect(await lines('action=instance.updated')).toMatchObject([
      { agent: { kind: 'secret_key', id: keyId }, detail: { fields: 'test_mode' } },
    ]);
    const id = await rotateKeys(
      service.world.store,
      'a secret of the tests that opens nothing else',
    );
    expect(await lines('action=signing_key.rotated')).toMatchObject([
      { agent: { kind: 'operator' }, subject_id: id },
    ]);
    const before = service.dump();
    await service.backend('PATCH', '/v1/instance', { test_mode: 'perhaps' });
    await service.backend('POST', '/v1/users/user_none/lock');
    await service.backend('POST', '/v1/users/user_none/unban');
    expect(service.dump()).toBe(before);
    expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  });

  test('by a start with changed settings has a line, and by one with the same has none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'willcall-audit-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const counts: number[] = [];
    for (const isTestMode of [false, false, true]) {
      const started = await openService({ folder, settings: { isTestMode } });
      const filter = { action: 'instance.updated' };
      await sealAuditLog(started.world);
      counts.push((await started.world.store.auditLog.list(filter, 10)).length);
      await started.close();
    }
    expect(counts).toEqual([0, 0, 1]);
  });

  test('by a start with another secret is nothing: it is refused, and its settings with it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'willcall-audit-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const options = serverOptions(folder);
    await (await openData(options, 'beside')).close();
    const settings = { ...defaultSettings, maxTokenLifetimeSeconds: 1000 };
    const foreign = { ...options, secret: 'another secret of this test', settings };
    await expect(openData(foreign, 'beside')).rejects.toThrow('cannot be opened');
    const { world: right, close } = await openData(options, 'beside');
    onTestFinished(close);
    expect(right.instance.settings.maxTokenLifetimeSeconds).toBe(
      defaultSettings.maxTokenLifetimeSeconds,
    );
    expect(await right.store.auditLog.list({}, 10)).toEqual([]);
    expect((await verifyAuditLog(right)).count).toBe(0);
  });

  test('is read page by page', async () => {
    const user = await createPerson(service);
    for (let count = 0; count < 3; count++) await issueTicket(service, user.id);
    const first = await service.backend<PageJSON<AuditLineJSON>>('GET', '/v1/audit_log?limit=2');
    const second = await service.backend<PageJSON<AuditLineJSON>>(
      'GET',
      `/v1/audit_log?limit=2&cursor=${first.body.next_cursor}`,
    );
    const numbers = [...first.body.data, ...second.body.data].map((line) => line.number);
    expect(numbers).toEqual([4, 3, 2, 1]);
    expect(second.body.next_cursor).toBeNull();
  });

  test('stays whole when a user is erased, and tells nothing of that user', async () => {
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id, { reason: 'for Ada Lovelace' });
    await redeem(service.browser(), token);
    await service.backend('DELETE', `/v1/users/${user.id}`);
    const left = await lines(`user_id=${user.id}`);
    expect(left.map(({ action }) => action)).toEqual([
      'user.deleted',
      'ticket.redeemed',
      'sign_in_token.created',
    ]);
    for (const line of left)
      expect(line).toMatchObject({ address: null, device: null, reason: null, actor: null });
    expect(await verifyAuditLog(service.world)).toMatchObject({ problems: [] });
  });

  test('longer ago than the setting says is taken away, and the rest is proved', async () => {
    const { world, clock } = service;
    const day = 86_400_000;
    clock.advance(day - (clock.now() % day));
    const user = await createPerson(service);
    const early = await issueTicket(service, user.id);
    clock.advance(366 * day - 1);
    const late = await issueTicket(service, user.id);
    const before = await verifyAuditLog(world);
    expect(before).toMatchObject({ since: { number: 1 }, problems: [] });
    // What was written before the day of the ticket goes; that day itself is not over a year ago.
    const earlier = (await purge(world)).audit_lines;
    expect((await lines(`subject_id=${early.id}`)).map(({ number }) => number)).toEqual([
      earlier + 1,
    ]);
    clock.advance(1);
    expect((await purge(world)).audit_lines).toBe(1);
    expect(await lines(`subject_id=${early.id}`)).toEqual([]);
    const gone = earlier + 1;
    const [told, ...rest] = await lines('limit=500');
    const kept = rest.at(-1);
    expect(told).toMatchObject({
      action: 'audit_log.shortened',
      agent: { kind: 'server', id: null },
      detail: { count: 1, last_number: gone, last_at: early.created_at },
    });
    expect(kept).toMatchObject({ subject_id: late.id, number: gone + 1 });
    expect(await verifyAuditLog(world, before.head)).toMatchObject({
      count: 3,
      since: { number: gone + 1, at: late.created_at },
      problems: [],
    });
    // Once a day at most: each time adds a line.
    clock.advance(day - 1);
    expect((await purge(world)).audit_lines).toBe(0);
  });

  test('is proved while lines are written and taken away', async () => {
    const { world, clock } = service;
    const user = await createPerson(service);
    await Promise.all(Array.from({ length: 300 }, () => issueTicket(service, user.id)));
    clock.advance(1);
    const until = clock.now() - 1;
    const cutSome = () => world.store.auditLog.cut(draftCut(world, byItself, until), 7);
    await sealAuditLog(world);
    const starts = new Set<number | undefined>();
    for (let round = 0; round < 10; round++) {
      const [{ since, problems }] = await Promise.all([
        verifyAuditLog(world),
        cutSome(),
        issueTicket(service, user.id),
        cutSome(),
      ]);
      expect(problems).toEqual([]);
      starts.add(since?.number);
    }
    expect(starts.size).toBeGreaterThan(2);
  });

  test('longer ago than the setting says since a purge is not held by anything', async () => {
    const { world, clock } = service;
    const day = 86_400_000;
    await issueTicket(service, (await createPerson(service)).id);
    clock.advance(366 * day - (clock.now() % day) - 1);
    expect((await purge(world)).audit_lines).toBe(0);
    // Midnight passes.
    clock.advance(1);
    expect(await countHeldLines(world)).toBe(0);
    expect((await purge(world)).audit_lines).toBeGreaterThan(0);
  });

  test('a hundred times at once is one chain', async () => {
    const user = await createPerson(service);
    await Promise.all(Array.from({ length: 100 }, () => issueTicket(service, user.id)));
    expect(await verifyAuditLog(service.world)).toMatchObject({ count: 101, problems: [] });
  });
});

describe('a log that was tampered with', () => {
  let engine: Engine;
  let world: World;

  beforeEach(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'willcall-audit-'));
    engine = openSqlite(path.join(folder, 'willcall.db'));
    await migrate(engine);
    let count = 0;
    world = {
      store: { auditLog: auditLogStore(engine) },
      instance: { id: 'ins_1' },
      pepper: openSecretBox('a secret of this test').mac,
      clock: { now: () => 1_700_000_000_000 + (count += 1) },
      randomBytes: (size: number) => new Uint8Array(size).fill(7),
    } as unknown as World;
    const write = (number: number) => {
      const entry = auditEntry(
        world,
        { ...operator, id: 'key_1', network: '203.0.113.0/24' },
        {
          action: number === 6 ? 'user.deleted' : 'sign_in_token.created',
          subjectId: number === 6 ? 'user_6' : `sit_${number}`,
          userId: `user_${number}`,
          detail: { count: number },
          personal: { reason: `reason ${number}` },
        },
      );
      return engine.write((tx) => appendAudit(tx, entry));
    };
    // Those of one commit go to the chain at once; those that are alone wait to be sealed.
    await Promise.all([1, 2, 3].map(write));
    for (const number of [4, 5, 6]) await write(number);
    await sealAuditLog(world);
    onTestFinished(async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    });
  });

  const problems = async (expected?: string) => (await verifyAuditLog(world, expected)).problems;
  const run = (sql: string, ...values: (string | number)[]) =>
    engine.write((tx) => tx.run(sql, ...values));

  test('not at all is whole', async () => {
    expect(await problems()).toEqual([]);
  });

  test('in any character of any column of any line is found', async () => {
    const rows = await engine.all('SELECT * FROM audit_log ORDER BY number');
    let tried = 0;
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        // Where its index has it is not part of a line.
        if (column === 'block') continue;
        const changes: (string | number)[] =
          typeof value === 'number'
            ? [value + 1]
            : Array.from(
                String(value),
                (letter, at) =>
                  `${String(value).slice(0, at)}${letter === 'x' ? 'y' : 'x'}${String(value).slice(at + 1)}`,
              );
        if (column === 'detail' || column === 'personal')
          changes.splice(0, changes.length, String(value).replace(/[0-9]/, '9'), '{}');
        if (column === 'number' || column === 'lane_number') changes.splice(0, changes.length, 99);
        for (const change of changes) {
          tried += 1;
          await run(
            `UPDATE audit_log SET ${column} = ? WHERE hash = ?`,
            change,
            row['hash'] as string,
          );
          const found = await problems();
          const where = column === 'hash' ? change : (row['hash'] as string);
          await run(`UPDATE audit_log SET ${column} = ? WHERE hash = ?`, value as string, where);
          if (found.length === 0) throw new Error(`${column} of ${row['number']}: ${change}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(600);
    expect(await problems()).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5, 6])('by taking line %i out is found', async (number) => {
    await run('DELETE FROM audit_log WHERE number = ?', number);
    expect(await problems()).not.toEqual([]);
  });

  test('by taking a line out and moving the others up is found', async () => {
    await run('DELETE FROM audit_log WHERE number = 3');
    for (const number of [4, 5, 6])
      await run('UPDATE audit_log SET number = ? WHERE number = ?', number - 1, number);
    expect(await problems()).not.toEqual([]);
  });

  // 1 to 3 follow one another; 4 and 5 are bound by 6, with which they were sealed.
  test.each([
    [2, 3, 2],
    [4, 5, 6],
  ])('by exchanging lines %i and %i is found', async (one, other, binding) => {
    for (const [from, to] of [
      [one, 99],
      [other, one],
      [99, other],
    ] as const)
      await run('UPDATE audit_log SET number = ? WHERE number = ?', to, from);
    expect(await problems()).toContain(
      `Line ${binding} was changed, or does not follow the line before.`,
    );
  });

  test('by cutting its end off is found, with a head that fits too', async () => {
    const [fifth] = await engine.all('SELECT * FROM audit_log WHERE number = 5');
    await run('DELETE FROM audit_log WHERE number = 6');
    expect(await problems()).not.toEqual([]);
    await run('UPDATE audit_head SET number = 5, hash = ?', fifth?.['hash'] as string);
    expect(await problems()).not.toEqual([]);
  });

  test('by removing all of it is found', async () => {
    await run('DELETE FROM audit_log');
    expect(await problems()).not.toEqual([]);
    await run('DELETE FROM audit_head');
    expect(await problems()).not.toEqual([]);
  });

  test('by putting an old copy in its place is found by a head that was kept', async () => {
    const { head } = await verifyAuditLog(world);
    expect(await problems(head)).toEqual([]);
    expect(await problems('the head of another log')).toEqual([
      'The head that was expected is not in the log.',
    ]);
  });

  test('by cutting its end off with the head of then is found by a head of later lines alone', async () => {
    const { head: early } = await verifyAuditLog(world);
    const [row] = await engine.all('SELECT * FROM audit_head');
    const next = auditEntry(world, operator, { action: 'test', subjectId: 'sit_7' });
    await engine.write((tx) => appendAudit(tx, next));
    const { head: late } = await verifyAuditLog(world);
    await run('DELETE FROM audit_log WHERE number = 7');
    await run(
      'UPDATE audit_head SET number = ?, hash = ?, mac = ?',
      ...(['number', 'hash', 'mac'] as const).map((name) => row?.[name] as string | number),
    );
    // The whole database was like that once: without a head that is kept elsewhere nothing tells.
    expect(await problems()).toEqual([]);
    expect(await problems(early)).toEqual([]);
    expect(await problems(late)).toEqual(['The head that was expected is not in the log.']);
  });

  test('by cutting its end off is found after the next line too, whatever the head says', async () => {
    const [fifth] = await engine.all('SELECT * FROM audit_log WHERE number = 5');
    await run('DELETE FROM audit_log WHERE number = 6');
    await run('UPDATE audit_head SET number = 5, hash = ?', fifth?.['hash'] as string);
    const next = auditEntry(world, operator, { action: 'test', subjectId: 'sit_7' });
    await engine.write((tx) => appendAudit(tx, next));
    await engine.write((tx) => appendAudit(tx, next));
    expect(await problems()).toEqual([
      'Before line 6, 1 of its server are missing.',
      // It does not bind the fifth, which the sixth bound.
      'Line 7 was changed, or does not follow the line before.',
      'The head was changed.',
    ]);
  });

  test('by putting a line before the first one is found', async () => {
    await run(
      "INSERT INTO audit_log SELECT -1, at, 'user.banned', agent_kind, agent_id, subject_id, user_id, detail, personal, salt, commitment, hash, NULL, NULL, 0, NULL FROM audit_log WHERE number = 1",
    );
    expect(await problems()).toEqual(['Line -1 was put in: the log begins after line 0.']);
  });

  describe('after its beginning was taken away', () => {
    const cut = async (until: number) => {
      const count = await world.store.auditLog.cut(draftCut(world, byItself, until), 500);
      await sealAuditLog(world);
      return count;
    };
    const at = async (number: number) => {
      const [row] = await engine.all('SELECT at FROM audit_log WHERE number = ?', number);
      return Number(row?.['at']);
    };

    test('not at all is whole, again and again', async () => {
      expect(await cut(await at(2))).toBe(2);
      expect(await verifyAuditLog(world)).toMatchObject({ count: 5, since: { number: 3 } });
      expect(await cut(await at(5))).toBe(3);
      expect(await verifyAuditLog(world)).toMatchObject({ count: 3, since: { number: 6 } });
      expect(await cut(await at(8))).toBe(3);
      expect(await verifyAuditLog(world)).toMatchObject({ count: 1, since: { number: 9 } });
      expect(await problems()).toEqual([]);
    });

    test('in any field of where it begins is found, and no line is taken away any more', async () => {
      await cut(await at(2));
      const [row] = await engine.all('SELECT * FROM audit_anchor');
      let tried = 0;
      for (const [column, value] of Object.entries(row ?? {})) {
        if (column === 'id') continue;
        tried += 1;
        await run(
          `UPDATE audit_anchor SET ${column} = ?`,
          typeof value === 'number' ? value + 1 : 'x',
        );
        expect(await problems()).toContain('Where the log begins was changed.');
        expect(await cut(Number.MAX_SAFE_INTEGER)).toBe(0);
        await run(`UPDATE audit_anchor SET ${column} = ?`, value ?? '');
      }
      expect(tried).toBe(4);
      expect(await problems()).toEqual([]);
    });

    test('by removing where it begins is found', async () => {
      await cut(await at(2));
      await run('DELETE FROM audit_anchor');
      expect(await problems()).toEqual(['Line 1 is missing; the next one is 3.']);
      expect(await cut(Number.MAX_SAFE_INTEGER)).toBe(0);
      expect(
        await world.store.auditLog.countHeld(draftCut(world, byItself, await at(5)), 500),
      ).toBe(3);
    });

    test.each([3, 5, 7])('by taking line %i out as well is found', async (number) => {
      await cut(await at(2));
      await run('DELETE FROM audit_log WHERE number = ?', number);
      expect(await problems()).not.toEqual([]);
    });

    test('by taking all of it out is found, with an old head too', async () => {
      await cut(await at(4));
      const rows = await engine.all('SELECT * FROM audit_head');
      await cut(await at(7));
      await run('DELETE FROM audit_log');
      expect(await problems()).not.toEqual([]);
      const [head] = rows;
      await run(
        'UPDATE audit_head SET number = ?, hash = ?, mac = ?',
        ...(['number', 'hash', 'mac'] as const).map((name) => head?.[name] as string | number),
      );
      expect(await problems()).not.toEqual([]);
    });

    test('by bringing a line back is found', async () => {
      const [second] = await engine.all('SELECT * FROM audit_log WHERE number = 2');
      await cut(await at(2));
      const columns = Object.keys(second ?? {});
      const marks = columns.map(() => '?').join(', ');
      await run(
        `INSERT INTO audit_log (${columns.join(', ')}) VALUES (${marks})`,
        ...(Object.values(second ?? {}) as (string | number)[]),
      );
      expect(await problems()).toEqual(['Line 2 was put in: the log begins after line 2.']);
    });

    test('before that is not covered up: a wrong line and all after it stay', async () => {
      await run("UPDATE audit_log SET action = 'nothing' WHERE number = 3");
      expect(await cut(Number.MAX_SAFE_INTEGER)).toBe(2);
      expect(await cut(Number.MAX_SAFE_INTEGER)).toBe(0);
      expect(
        await world.store.auditLog.countHeld(
          draftCut(world, byItself, Number.MAX_SAFE_INTEGER),
          500,
        ),
      ).toBe(5);
      expect(await problems()).toContain('Line 3 was changed, or does not follow the line before.');
    });

    test('by making lines look old is found, and takes none of them away', async () => {
      await run('UPDATE audit_log SET at = 1');
      expect(await cut(1000)).toBe(0);
      expect(await problems()).not.toEqual([]);
    });
  });

  describe('by a clock alone, that was', () => {
    const future = 9_000_000_000_000;
    let until: number;

    beforeEach(() => {
      until = world.clock.now();
    });

    async function writeAt(...times: readonly number[]): Promise<void> {
      for (const at of times) {
        const { line, chainMac } = auditEntry(world, operator, { action: 'test', subjectId: 'x' });
        await engine.write((tx) => appendAudit(tx, { line: { ...line, at }, chainMac }));
      }
      await sealAuditLog(world);
    }

    /** How many lines there are to go, and how many go, `most` at a time. */
    async function cut(most: number): Promise<readonly number[]> {
      const { auditLog } = world.store;
      const draft = draftCut(world, byItself, until);
      const counted = await auditLog.countUntil(draft);
      let gone = 0;
      for await (const some of inParts(most, () => auditLog.cut(draft, most))) gone += some;
      expect(await auditLog.countHeld(draft, most)).toBe(0);
      expect(await problems()).toEqual([]);
      return [counted, gone];
    }

    test.each([1, 2, 3, 500])('ahead, holds nothing: %i at a time', async (most) => {
      // 6 lines are older.
      await writeAt(future, future, future, until, future, until, world.clock.now(), future);
      expect(await cut(most)).toEqual([12, 12]);
    });

    test('ahead, takes no line away before one behind it is old enough', async () => {
      await writeAt(future, world.clock.now());
      expect(await cut(500)).toEqual([6, 6]);
      expect(await cut(500)).toEqual([0, 0]);
      until = world.clock.now();
      // With the line of the first cut.
      expect(await cut(1)).toEqual([3, 3]);
    });

    test('ahead, takes no line away at the end of the log', async () => {
      await writeAt(future, future);
      expect(await cut(500)).toEqual([6, 6]);
      expect(await cut(1)).toEqual([0, 0]);
    });

    test('behind, takes no line away that is recent', async () => {
      await writeAt(future, world.clock.now(), until, future, until);
      expect(await cut(500)).toEqual([6, 6]);
    });

    test('ahead, covers nothing up: a wrong line and all after it stay', async () => {
      await writeAt(future, until, future, until);
      await run("UPDATE audit_log SET action = 'nothing' WHERE number = 9");
      const draft = draftCut(world, byItself, until);
      expect(await world.store.auditLog.cut(draft, 500)).toBe(8);
      expect(await world.store.auditLog.cut(draft, 500)).toBe(0);
      expect(await world.store.auditLog.countHeld(draft, 500)).toBe(2);
    });
  });

  describe('by nobody while it was read,', () => {
    /** Verifies, and does something before each time that lines are read. */
    async function readWith(...steps: readonly (() => Promise<unknown>)[]) {
      const { auditLog } = world.store;
      const left = [...steps];
      const watched: AuditLogStore = {
        ...auditLog,
        async listAfter(number, limit) {
          if (limit > 1) await left.shift()?.();
          return auditLog.listAfter(number, limit);
        },
      };
      const report = await verifyAuditLog({
        ...world,
        store: { ...world.store, auditLog: watched },
      });
      expect(left).toEqual([]);
      return report.problems;
    }

    /** The erasure is there at once; the line of it waits, as it does where a job is alone. */
    const remove = (userId: string) =>
      engine.write(async (tx) => {
        await eraseFromAudit(tx, userId);
        const by = { action: 'user.deleted', subjectId: userId };
        await appendAudit(tx, auditEntry(world, operator, by));
      });
    const write = (userId: string) =>
      engine.write((tx) => {
        const personal = { reason: 'a reason' };
        const what = { action: 'test', subjectId: 'sit_7', userId, personal };
        return appendAudit(tx, auditEntry(world, operator, what));
      });

    test('has lines that are erased meanwhile, and told why a moment later', async () => {
      expect(await readWith(() => remove('user_2'))).toEqual([]);
    });

    test('has such lines again and again', async () => {
      const again = Array.from({ length: 5 }, (_, at) => async () => {
        await write(`user_1${at}`);
        await sealAuditLog(world);
        await remove(`user_1${at}`);
      });
      expect(await readWith(...again)).toEqual([]);
    });

    test('still tells of a line that was erased without a reason', async () => {
      const erase = () => engine.write((tx) => eraseFromAudit(tx, 'user_3'));
      const told = ['What line 3 told of a person was removed.'];
      expect(await readWith(erase)).toEqual(told);
      expect(await readWith(() => remove('user_2'))).toEqual(told);
    });

    test('has erased lines that are taken away with what tells why', async () => {
      const cutAll = async () => {
        await sealAuditLog(world);
        await world.store.auditLog.cut(draftCut(world, byItself, Number.MAX_SAFE_INTEGER), 500);
        await write('user_8');
        await sealAuditLog(world);
      };
      expect(await readWith(() => remove('user_2'), cutAll)).toEqual([]);
    });
  });

  test('is not held in memory while it is read, erased lines neither', async () => {
    const personal = { reason: 'a reason' };
    const about = { action: 'test', subjectId: 'sit_7', userId: 'user_7', personal };
    const entries = Array.from({ length: 3000 }, () => auditEntry(world, operator, about));
    await Promise.all(entries.map((entry) => engine.write((tx) => appendAudit(tx, entry))));
    await engine.write((tx) => eraseFromAudit(tx, 'user_7'));
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const { auditLog } = world.store;
    const early: WeakRef<object>[] = [];
    let left: number | undefined;
    const watched: AuditLogStore = {
      ...auditLog,
      async listAfter(number, limit) {
        if (number > 2000) {
          await new Promise(setImmediate);
          collect();
          left = early.filter((line) => line.deref()).length;
        }
        const lines = await auditLog.listAfter(number, limit);
        if (limit > 1 && number <= 0) early.push(...lines.map((line) => new WeakRef(line)));
        return lines;
      },
    };
    await verifyAuditLog({ ...world, store: { ...world.store, auditLog: watched } });
    expect([early.length, left]).toEqual([1000, 0]);
  });

  test('by removing what a line tells is found, unless its user was deleted afterwards', async () => {
    await engine.write((tx) => eraseFromAudit(tx, 'user_6'));
    expect(await problems()).not.toEqual([]);
    await engine.write((tx) => eraseFromAudit(tx, 'user_2'));
    expect(await problems()).toContain('What line 2 told of a person was removed.');
    const deleted = auditEntry(world, operator, { action: 'user.deleted', subjectId: 'user_2' });
    await engine.write((tx) => appendAudit(tx, deleted));
    expect(await problems()).not.toContain('What line 2 told of a person was removed.');
  });

  test('by nobody has what jobs of one commit wrote: in order, without those that failed, and erased', async () => {
    const entryOf = (userId: string) =>
      auditEntry(world, operator, {
        ...{ action: 'test', subjectId: userId, userId, personal: { reason: 'a secret reason' } },
      });
    const write = (userId: string) => engine.write((tx) => appendAudit(tx, entryOf(userId)));
    const failing = engine.write(async (tx) => {
      await appendAudit(tx, entryOf('user_8'));
      throw new Error('this job fails');
    });
    await Promise.allSettled([write('user_7'), failing, write('user_9')]);
    await Promise.all([
      write('user_10'),
      engine.write((tx) => eraseFromAudit(tx, 'user_10')),
      write('user_11'),
    ]);
    const told = await engine.all('SELECT * FROM audit_log WHERE number > 6 ORDER BY number');
    expect(told.map((line) => [line['user_id'], line['personal'] !== null])).toEqual([
      ['user_7', true],
      ['user_9', true],
      ['user_10', false],
      ['user_11', true],
    ]);
    const deleted = auditEntry(world, operator, { action: 'user.deleted', subjectId: 'user_10' });
    await engine.write((tx) => appendAudit(tx, deleted));
    expect(await problems()).toEqual([]);
  });

  test('with another secret is no log at all', async () => {
    const foreign = { ...world, pepper: openSecretBox('another secret of this test').mac };
    expect((await verifyAuditLog(foreign)).problems.length).toBeGreaterThan(0);
  });
});
