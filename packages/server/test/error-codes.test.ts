import { readdir, readFile } from 'node:fs/promises';
import { errorStatus } from '@willcall/contract';
import { expect, test } from 'vitest';

const sources = new URL('../src/', import.meta.url);

async function readSources(): Promise<string> {
  const names = (await readdir(sources, { recursive: true })).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  expect(names.length).toBeGreaterThan(100);
  return (await Promise.all(names.map((name) => readFile(new URL(name, sources), 'utf8')))).join(
    '\n',
  );
}

test('every error code of the contract is answered somewhere, with a status of a refusal', async () => {
  const text = await readSources();
  const codes = Object.entries(errorStatus);
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter(([code]) => !text.includes(`'${code}'`)).map(([code]) => code)).toEqual([]);
  expect(codes.filter(([, status]) => status < 400 || status > 503).map(([code]) => code)).toEqual(
    [],
  );
});
