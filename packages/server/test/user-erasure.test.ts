import type { AuditLineJSON, PageJSON } from '@willcall/contract';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { auditEntry, operator } from '../src/domain/audit-log/audit-log.ts';
import { sealAuditLog, verifyAuditLog } from '../src/domain/audit-log/verify.ts';
import { StoreUnavailable } from '../src/domain/store.ts';
import { appendAudit } from '../src/store/audit-log.ts';
import type { Engine, SqlValue } from '../src/store/engine.ts';
import { isOnPostgres } from './database/test-database.ts';
import { invite } from './invited.ts';
import { createPerson, issueTicket, redeem, signInPerson } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let engine: Engine;
/** Is told of each transaction that is asked for. */
let beforeWrite: () => Promise<unknown>;
/** Is told of each statement that was run in one, with how many rows it changed. */
let afterRun: (sql: string, changed: number) => unknown;

beforeEach(async () => {
  beforeWrite = async () => {};
  afterRun = () => {};
  service = await openService({
    before(opened) {
      engine = opened;
      return {
        ...opened,
        async write(job, how) {
          await beforeWrite();
          return opened.write(async (tx) => {
            const run = async (sql: string, ...values: SqlValue[]) => {
              const changed = await tx.run(sql, ...values);
              await afterRun(sql, changed);
              return changed;
            };
            return job({ ...tx, run });
          }, how);
        },
      };
    },
  });
  onTestFinished(() => service.close());
});

/** Where anything is left that tells of a person. */
const places = [
  ['sessions', "ip_address IS NOT NULL OR user_agent IS NOT NULL OR status = 'active'"],
  ['sign_in_tokens', 'reason IS NOT NULL OR sign_in_url IS NOT NULL OR redirect_url IS NOT NULL'],
  ['sign_in_tokens', 'redeemed_address IS NOT NULL OR redeemed_device IS NOT NULL'],
  ['audit_log', 'personal IS NOT NULL'],
  ['audit_tail', 'personal IS NOT NULL'],
  ['known_devices', '1 = 1'],
  ['client_gestures', '1 = 1'],
  ['fresh_proofs', '1 = 1'],
  ['organization_memberships', '1 = 1'],
  ['identifications', '1 = 1'],
] as const;

/** Tables in which something is left of a user. */
async function findTraces(userId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [table, condition] of places) {
    const sql = `SELECT user_id FROM ${table} WHERE user_id = ? AND (${condition}) LIMIT 1`;
    if (await engine.get(sql, userId)) found.push(table);
  }
  const ofSessions = `SELECT id FROM sign_ins WHERE created_session_id IN
    (SELECT id FROM sessions WHERE user_id = ?) LIMIT 1`;
  if (await engine.get(ofSessions, userId)) found.push('sign_ins');
  const refused = `SELECT ticket_id FROM refused_redemptions WHERE ticket_id IN
    (SELECT id FROM sign_in_tokens WHERE user_id = ?) LIMIT 1`;
  if (await engine.get(refused, userId)) found.push('refused_redemptions');
  return found;
}

async function listActions(userId: string): Promise<readonly string[]> {
  const { body } = await service.backend<PageJSON<AuditLineJSON>>(
    'GET',
    `/v1/audit_log?subject_id=${userId}&limit=100`,
  );
  return body.data.map(({ action }) => action).toReversed();
}

/** Fails the first transaction that has removed a user. */
function interruptOnce(): (sql: string) => void {
  let isInterrupted = false;
  return (sql) => {
    if (isInterrupted || !sql.startsWith('DELETE FROM users')) return;
    isInterrupted = true;
    throw new StoreUnavailable('the disk is gone');
  };
}

test('who has many rows goes in parts, and an interruption leaves what can be done again', async () => {
  const { user, browser } = await signInPerson(service);
  const other = await signInPerson(service);
  for (let at = 0; at < 1001; at += 1) {
    await issueTicket(service, user.id, { reason: 'a call' });
    await service.backend('POST', '/v1/sessions', { user_id: user.id });
  }
  await redeem(browser, (await issueTicket(service, user.id)).token);
  await engine.write(async (tx) => {
    const sql = 'INSERT INTO known_devices VALUES (?, ?, 1, 1)';
    for (let at = 0; at < 1001; at += 1) await tx.run(sql, user.id, `device ${at}`);
  });
  await sealAuditLog(service.world);

  const atOnce: number[] = [];
  const interrupt = interruptOnce();
  afterRun = (sql, changed) => {
    atOnce.push(changed);
    interrupt(sql);
  };
  const remove = () => service.backend('DELETE', `/v1/users/${user.id}`);
  expect((await remove()).status).toBe(503);
  expect((await service.backend('GET', `/v1/users/${user.id}`)).status).toBe(200);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);

  expect((await remove()).status).toBe(200);
  await sealAuditLog(service.world);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  expect(await findTraces(user.id)).toEqual([]);
  expect(await findTraces(other.user.id)).toEqual(expect.arrayContaining(['sessions', 'sign_ins']));
  expect((await listActions(user.id)).slice(-2)).toEqual(['user.deletion_begun', 'user.deleted']);
  expect(Math.max(...atOnce)).toBe(500);
  expect(atOnce.filter((changed) => changed === 500).length).toBeGreaterThanOrEqual(10);
});

/** Does something once, in front of the first transaction that comes now. */
function onceBeforeWrite(work: () => Promise<unknown>): () => boolean {
  let isDone = false;
  beforeWrite = async () => {
    if (isDone) return;
    isDone = true;
    await work();
  };
  return () => isDone;
}

/** Until a refusal is noted, nobody waits for it. */
async function refuse(token: string): Promise<void> {
  const sql = 'SELECT count(*) AS total FROM refused_redemptions';
  const total = async () => (await engine.get(sql))?.['total'];
  const before = await total();
  await redeem(service.browser(), token);
  await expect.poll(total).not.toBe(before);
}

test('what comes while somebody is removed goes as well', async () => {
  const { user } = await signInPerson(service);
  await sealAuditLog(service.world);
  const isDone = onceBeforeWrite(async () => {
    const { token } = await issueTicket(service, user.id, { reason: 'a call' });
    await redeem(service.browser(), token);
    await refuse(token);
    await sealAuditLog(service.world);
  });
  expect((await service.backend('DELETE', `/v1/users/${user.id}`)).status).toBe(200);
  expect(isDone()).toBe(true);
  await sealAuditLog(service.world);
  expect(await findTraces(user.id)).toEqual([]);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  expect(await listActions(user.id)).not.toContain('user.deletion_begun');
});

test('so does what an old ticket tells that is used, or refused, meanwhile', async () => {
  const user = await createPerson(service);
  const used = await issueTicket(service, user.id);
  const refused = await issueTicket(service, user.id);
  await redeem(service.browser(), refused.token);
  await engine.write(async (tx) => {
    await tx.run(`UPDATE sign_in_tokens SET reason = NULL, sign_in_url = NULL, redirect_url = NULL,
      redeemed_address = NULL, redeemed_device = NULL`);
  });
  const { id } = await issueTicket(service, (await createPerson(service)).id);
  const isNewest = 'UPDATE sign_in_tokens SET block = 9 WHERE id = ?';
  await engine.write((tx) => tx.run(isNewest, id));
  const isDone = onceBeforeWrite(async () => {
    expect((await redeem(service.browser(), used.token)).status).toBe(200);
    await refuse(refused.token);
    expect(await findTraces(user.id)).toContain('refused_redemptions');
  });
  expect((await service.backend('DELETE', `/v1/users/${user.id}`)).status).toBe(200);
  expect(isDone()).toBe(true);
  expect(await findTraces(user.id)).toEqual([]);
});

test('and what comes afterwards tells nothing', async () => {
  const user = await createPerson(service);
  const { token } = await issueTicket(service, user.id);
  await service.backend('DELETE', `/v1/users/${user.id}`);
  await refuse(token);
  const sql = 'SELECT code, address, device FROM refused_redemptions';
  const code = 'sign_in_token_cannot_be_used_code';
  expect(await engine.all(sql)).toEqual([{ code, address: null, device: null }]);
  await sealAuditLog(service.world);
  const line = "SELECT user_id, personal FROM audit_log WHERE action = 'ticket.refused'";
  expect(await engine.all(line)).toEqual([{ user_id: user.id, personal: null }]);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
});

test('an invitation that was accepted is refused, and forgotten, like a ticket', async () => {
  const { email_address: address, ticket } = await invite(service);
  const user = await createPerson(service, { email_address: [address] });
  expect((await redeem(service.browser(), ticket)).status).toBe(200);
  await refuse(ticket);
  await service.backend('DELETE', `/v1/users/${user.id}`);
  const sql = 'SELECT address, device FROM refused_redemptions';
  expect(await engine.all(sql)).toEqual([]);
  await refuse(ticket);
  expect(await engine.all(sql)).toEqual([{ address: null, device: null }]);
  await sealAuditLog(service.world);
  const lines = "SELECT personal FROM audit_log WHERE action = 'ticket.refused'";
  expect(await engine.all(lines)).toEqual([{ personal: null }, { personal: null }]);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
});

test.runIf(isOnPostgres())(
  'nor is a ticket left that is issued beside the last commit',
  async () => {
    const { user } = await signInPerson(service);
    let isIssued = false;
    afterRun = async (sql) => {
      if (isIssued || !sql.startsWith('DELETE FROM sign_ups')) return;
      isIssued = true;
      await issueTicket(service, user.id, { reason: 'a call' });
    };
    expect((await service.backend('DELETE', `/v1/users/${user.id}`)).status).toBe(200);
    expect(isIssued).toBe(true);
    await sealAuditLog(service.world);
    expect(await findTraces(user.id)).toEqual([]);
    expect((await verifyAuditLog(service.world)).problems).toEqual([]);
  },
);

test('a refusal is told with its user, and forgotten with the user', async () => {
  const { user } = await signInPerson(service);
  const { token } = await issueTicket(service, user.id);
  await redeem(service.browser(), token);
  await refuse(token);
  await sealAuditLog(service.world);
  const line = "SELECT personal FROM audit_log WHERE action = 'ticket.refused' AND user_id = ?";
  expect(await engine.get(line, user.id)).not.toEqual({ personal: null });
  await service.backend('DELETE', `/v1/users/${user.id}`);
  expect(await engine.get(line, user.id)).toEqual({ personal: null });
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
});

test('the log is whole while many lines go, though others come and it is interrupted', async () => {
  const user = await createPerson(service);
  const personal = { reason: 'a call' };
  const about = { action: 'test', subjectId: user.id, userId: user.id, personal };
  const entries = Array.from({ length: 5600 }, () => auditEntry(service.world, operator, about));
  await Promise.all(entries.map((entry) => engine.write((tx) => appendAudit(tx, entry))));
  await sealAuditLog(service.world);
  let isBegun = false;
  afterRun = (sql, changed) => {
    if (sql.startsWith('UPDATE audit_log SET personal') && changed === 500 && !isBegun) {
      isBegun = true;
      onceBeforeWrite(async () => {
        service.clock.advance(1000);
        await issueTicket(service, user.id, personal);
        await sealAuditLog(service.world);
      });
    }
    if (sql.startsWith('DELETE FROM users')) throw new StoreUnavailable('the disk is gone');
  };
  expect((await service.backend('DELETE', `/v1/users/${user.id}`)).status).toBe(503);
  expect(isBegun).toBe(true);
  expect((await verifyAuditLog(service.world)).problems).toEqual([]);
});

test('whoever deletes an account of their own can ask again after an interruption', async () => {
  const { user, browser, sessionId } = await signInPerson(service);
  for (let at = 0; at < 600; at += 1)
    await service.backend('POST', '/v1/sessions', { user_id: user.id });
  afterRun = interruptOnce();
  const remove = () => browser.post(`/v1/me?_method=DELETE&_clerk_session_id=${sessionId}`);
  expect((await remove()).status).toBe(503);
  expect((await remove()).status).toBe(200);
  expect(await findTraces(user.id)).toEqual([]);
});

test('a row that tells nothing by itself gives up what belongs to it', async () => {
  const { user } = await signInPerson(service);
  const { token } = await issueTicket(service, user.id);
  await redeem(service.browser(), token);
  await refuse(token);
  await engine.write(async (tx) => {
    await tx.run("UPDATE sessions SET status = 'ended', ip_address = NULL, user_agent = NULL");
    await tx.run(`UPDATE sign_in_tokens SET reason = NULL, sign_in_url = NULL, redirect_url = NULL,
      redeemed_address = NULL, redeemed_device = NULL`);
  });
  const left = ['sign_ins', 'refused_redemptions'];
  expect(await findTraces(user.id)).toEqual(expect.arrayContaining(left));
  expect((await service.backend('DELETE', `/v1/users/${user.id}`)).status).toBe(200);
  expect(await findTraces(user.id)).toEqual([]);
});

test('who is deleted twice at once is deleted once', async () => {
  const user = await createPerson(service);
  const remove = () => service.backend('DELETE', `/v1/users/${user.id}`);
  const statuses = (await Promise.all([remove(), remove()])).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 404]));
});
