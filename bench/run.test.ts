import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeRequest } from './connection.ts';
import { sendLoad } from './load.ts';
import type { Signatures } from './measure.ts';
import type { Figure } from './report.ts';
import type { Start } from './start.ts';

const script = path.join(import.meta.dirname, 'run.ts');

interface Written {
  readonly figures: readonly Figure[];
  readonly signatures: readonly Signatures[];
  readonly start: Start;
}

test('a short run measures every operation, a signature for each token, and the start', async () => {
  const short = ['--rounds', '1', '--seconds', '0.02', '--concurrency', '2', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    ...['--only', 'floor,willcall'],
    ...short,
  ]);
  const { figures, signatures, start } = JSON.parse(stdout) as Written;
  const rows = figures.map(({ contestant, operation }) => `${contestant} ${operation}`);
  expect(rows.toSorted()).toEqual(
    ['floor', 'willcall'].flatMap((name) =>
      ['issue', 'redeem', 'refresh', 'verify'].map((operation) => `${name} ${operation}`),
    ),
  );
  for (const { multiple, p50, p99 } of figures) {
    expect(multiple).toBeGreaterThan(0);
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
  }
  expect(signatures).toEqual([{ contestant: 'willcall', redeem: 1, refresh: 1 }]);
  expect(start.multiple).toBeGreaterThan(0);
});

test.each([
  ['a refusal', 400, '{"good":true}'],
  ['a page elsewhere', 302, '{"good":true}'],
  ['an answer without the mark of a good one', 200, '{"good":false}'],
])('%s ends the run', async (_, status, body) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-length': body.length }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const load = sendLoad(port, [writeRequest('GET', '/')], { concurrency: 1, mark: '"good":true' });
  await expect(load).rejects.toThrow(`the server answered ${status}: ${body}`);
  server.close();
});
