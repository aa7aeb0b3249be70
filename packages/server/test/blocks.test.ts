import type { AuditLineJSON, PageJSON, SessionJSON, SignInTokenJSON } from '@willcall/contract';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { sealAuditLog } from '../src/domain/audit-log/verify.ts';
import { blockSize } from '../src/store/blocks.ts';
import type { Engine } from '../src/store/engine.ts';
import { isOnPostgres } from './database/test-database.ts';
import { createPerson, issueTicket, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let engine: Engine;

beforeEach(async () => {
  service = await openService({ before: (opened) => (engine = opened) });
  onTestFinished(() => service.close());
});

const run = (sql: string, ...values: (string | number)[]) =>
  engine.write((tx) => tx.run(sql, ...values));

const tables = ['sign_in_tokens', 'sessions', 'audit_log'] as const;

/** Whether a row has anything left of a person. */
const personal = {
  sign_in_tokens: 'reason IS NOT NULL OR sign_in_url IS NOT NULL',
  sessions: 'ip_address IS NOT NULL OR user_agent IS NOT NULL',
  audit_log: 'personal IS NOT NULL',
};

describe('whatever blocks the rows of a user lie in', () => {
  let ada: string;
  let sessionIds: string[];
  let tokenIds: string[];

  beforeEach(async () => {
    const [one, other] = [await createPerson(service), await createPerson(service)];
    ada = one.id;
    sessionIds = [];
    for (const user of [one, other, one, other, one])
      sessionIds.push((await signInPerson(service, { user })).sessionId);
    sessionIds = sessionIds.filter((_, at) => at % 2 === 0);
    tokenIds = [];
    for (const user of [one, other, one, other, one])
      tokenIds.push((await issueTicket(service, user.id, { reason: 'a call' })).id);
    tokenIds = tokenIds.filter((_, at) => at % 2 === 0);
    await sealAuditLog(service.world);
    const twin = `user_${'0'.repeat(20)}${ada.slice(-6)}`;
    for (const table of tables) {
      const key = table === 'audit_log' ? 'number' : 'id';
      const rows = await engine.all(`SELECT ${key} AS own FROM ${table} ORDER BY ${key}`);
      // Ids that end alike stand alike in the index.
      await run(`UPDATE ${table} SET user_id = ? WHERE user_id = ?`, twin, other.id);
      // With blocks between them that hold nothing.
      for (const [at, { own }] of rows.entries())
        await run(`UPDATE ${table} SET block = ? WHERE ${key} = ?`, (at % 4) * 3, own as string);
    }
  });

  test('lists hold all of them and nobody else’s, in order', async () => {
    const { body: tokens } = await service.backend<PageJSON<SignInTokenJSON>>(
      'GET',
      `/v1/sign_in_tokens?user_id=${ada}&status=pending`,
    );
    expect(tokens.data.map(({ id }) => id)).toEqual(tokenIds.toSorted().toReversed());
    const { body: sessions } = await service.backend<SessionJSON[]>(
      'GET',
      `/v1/sessions?user_id=${ada}`,
    );
    expect(sessions.map(({ id }) => id)).toEqual(sessionIds.toSorted().toReversed());
    const { body: lines } = await service.backend<PageJSON<AuditLineJSON>>(
      'GET',
      `/v1/audit_log?user_id=${ada}&limit=100`,
    );
    const { body: all } = await service.backend<PageJSON<AuditLineJSON>>(
      'GET',
      '/v1/audit_log?limit=100',
    );
    expect(lines.data).toEqual(all.data.filter((line) => line.user_id === ada));
    expect(lines.data.length).toBeGreaterThan(tokenIds.length + sessionIds.length);
  });

  test('a ban ends all of the sessions', async () => {
    await service.backend('POST', `/v1/users/${ada}/ban`);
    const live = await engine.all("SELECT user_id FROM sessions WHERE status = 'active'");
    expect(live).toHaveLength(2);
    expect(live.map((row) => row['user_id'])).not.toContain(ada);
  });

  test('all pending tokens are revoked at once', async () => {
    const revocation = await service.backend('POST', '/v1/sign_in_tokens/revoke', { user_id: ada });
    expect(revocation.body).toEqual({ object: 'token_revocation', revoked_count: 3 });
    const pending = await engine.all("SELECT user_id FROM sign_in_tokens WHERE status = 'pending'");
    expect(pending.map((row) => row['user_id'])).not.toContain(ada);
    expect(pending).toHaveLength(2);
  });

  test('nothing personal is left where the user is deleted', async () => {
    await service.backend('DELETE', `/v1/users/${ada}`);
    await sealAuditLog(service.world);
    for (const table of tables) {
      const left = await engine.all(`SELECT user_id FROM ${table} WHERE ${personal[table]}`);
      expect(left.length).toBeGreaterThan(0);
      expect(left.map((row) => row['user_id'])).not.toContain(ada);
    }
  });
});

describe.runIf(!isOnPostgres())('on SQLite', () => {
  test.each(['sign_in_tokens', 'sessions'] as const)(
    'a row of %s goes to the block that its number gives',
    async (table) => {
      const { user } = await signInPerson(service);
      const blocks = async () =>
        (await engine.all(`SELECT rowid AS number, block FROM ${table} ORDER BY number`)).map(
          (row) => [row['number'], row['block']],
        );
      expect(await blocks()).toEqual([[1, 0]]);
      await run(`UPDATE ${table} SET rowid = ?`, 5 * blockSize - 2);
      await signInPerson(service, { user });
      await signInPerson(service, { user });
      expect(await blocks()).toEqual([
        [5 * blockSize - 2, 0],
        [5 * blockSize - 1, 4],
        [5 * blockSize, 4],
      ]);
      await signInPerson(service, { user });
      expect((await blocks()).at(-1)).toEqual([5 * blockSize + 1, 5]);
    },
  );

  test('a line of the audit log does, too', async () => {
    await signInPerson(service);
    await sealAuditLog(service.world);
    await run('UPDATE audit_head SET number = ?', 3 * blockSize - 2);
    await signInPerson(service);
    await sealAuditLog(service.world);
    const lines = await engine.all(
      'SELECT number, block FROM audit_log WHERE block > 0 ORDER BY number',
    );
    expect(lines.map((line) => [line['number'], line['block']])).toEqual([
      [3 * blockSize - 1, 2],
      [3 * blockSize, 3],
    ]);
  });

  test.each([
    ['/v1/sign_in_tokens?user_id=', 'sign_in_tokens_by_block'],
    ['/v1/sessions?user_id=', 'sessions_by_block'],
    ['/v1/audit_log?user_id=', 'audit_log_by_block'],
  ])('%s looks in each block by its index', async (route, index) => {
    const { user } = await signInPerson(service);
    service.takeWork();
    await service.backend('GET', `${route}${user.id}`);
    const asked = service.takeWork().statements.find((each) => each.includes('RECURSIVE')) ?? '';
    const plan = await engine.all(`EXPLAIN QUERY PLAN ${asked.replaceAll('?', '1')}`);
    const steps = plan.map((row) => String(row['detail']));
    expect(steps).toContainEqual(
      expect.stringContaining(`USING INDEX ${index} (block=? AND <expr>=?`),
    );
    expect(
      steps.filter(
        (step) => step.startsWith('SCAN') && !/blocks|numbered|asked|CONSTANT|INDEX/.test(step),
      ),
    ).toEqual([]);
  });
});
