import * as crypto from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPerson, issueTicket, redeem } from './people.ts';
import { newSecret } from '../src/domain/world.ts';
import { openService, type TestService } from './service.ts';

vi.mock('node:crypto', { spy: true });

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const runs = process.env['WILLCALL_NIGHTLY'] === '1' ? 10_000_000 : 200_000;

describe('the secret of a ticket', () => {
  test(
    `statement 1: is 160 bits of the system's generator, and none of ${runs} comes twice`,
    { timeout: 600_000 },
    async () => {
      // A page of the generator is drawn on before the next one is read: 4096 bytes, 204 secrets.
      vi.mocked(crypto.randomFillSync).mockImplementationOnce((page) => fill(page, 7));
      const drawn = Array.from({ length: 500 }, () => newSecret(service.world));
      const ofPage = Buffer.alloc(20, 7).toString('base64url');
      expect(drawn.filter((secret) => secret === ofPage)).toHaveLength(204);
      // 64 bits of each are kept: ten million of them meet by chance once in 400 000 runs.
      const seen = new BigUint64Array(runs);
      for (let at = 0; at < runs; at += 1)
        seen[at] = Buffer.from(newSecret(service.world), 'base64url').readBigUInt64LE(3);
      seen.sort();
      expect(seen.findIndex((value, at) => at > 0 && value === seen[at - 1])).toBe(-1);
    },
  );

  test('is drawn anew for each ticket, whoever it is for', async () => {
    const user = await createPerson(service);
    const tickets = await Promise.all(
      Array.from({ length: 100 }, async () => (await issueTicket(service, user.id)).token),
    );
    expect(new Set(tickets.map((ticket) => ticket.slice(-27))).size).toBe(100);
  });

  test('statement 8: two tickets of one user both work', async () => {
    const user = await createPerson(service);
    const first = await issueTicket(service, user.id);
    const second = await issueTicket(service, user.id);
    expect((await redeem(service.browser(), first.token)).status).toBe(200);
    expect((await redeem(service.browser(), second.token)).status).toBe(200);
  });

  test('statement 21: is compared by its hash, in constant time', async () => {
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id);
    const wrong = token.slice(0, -1) + (token.endsWith('A') ? 'E' : 'A');
    const compared = vi.mocked(crypto.timingSafeEqual);
    for (const ticket of [wrong, token]) {
      compared.mockClear();
      await redeem(service.browser(), ticket);
      const lengths = compared.mock.calls.map((sides) => sides.map((side) => side.byteLength));
      expect(lengths).toContainEqual([43, 43]);
    }
  });
});

function fill<Page extends NodeJS.ArrayBufferView>(page: Page, byte: number): Page {
  new Uint8Array(page.buffer, page.byteOffset, page.byteLength).fill(byte);
  return page;
}
