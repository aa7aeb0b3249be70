import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writeRequest } from './connection.ts';
import { sendLoad } from './load.ts';
import type { Growth } from './growth/measure.ts';
import type { Machine } from './machine.ts';
import type { Signatures } from './measure.ts';
import type { Figure } from './report.ts';
import type { Start } from './start.ts';

const script = path.join(import.meta.dirname, 'run.ts');

interface Written {
  readonly machine: Machine;
  readonly figures: readonly Figure[];
  readonly signatures: readonly Signatures[];
  readonly start: Start;
}

const short = [
  ...['--rounds', '1', '--seconds', '0.02', '--warm-up', '0.02', '--concurrency', '2'],
  '--json',
];

async function run<Shape>(...args: readonly string[]): Promise<Shape> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args, ...short]);
  return JSON.parse(stdout) as Shape;
}

test('a short run measures every operation, a signature for each token, and the start', async () => {
  const { machine, figures, signatures, start } = await run<Written>('--only', 'floor,willcall');
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
  expect(machine.commitMicroseconds).toBeGreaterThan(0);
  expect(machine.signatureMicroseconds).toBeGreaterThan(0);
});

test('what is copied into a full store is used by every operation, and purged', async () => {
  const { figures, fileMebibytes, purge } = await run<Growth>(
    ...['--growth', '--tickets', '2000', '--starts', '2'],
  );
  expect(figures.map(({ contestant }) => contestant).toSorted()).toEqual([
    ...Array<string>(4).fill('empty'),
    ...Array<string>(4).fill('grown'),
  ]);
  expect(fileMebibytes).toBeGreaterThan(0);
  expect(purge.removed).toBe(100);
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
