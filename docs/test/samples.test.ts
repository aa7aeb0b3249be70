import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { blocksOf, documents } from './documents.ts';

/**
 * Every sample that is no drawing, command or named file: a text that it holds, and the test that
 * runs it. One that is not in this list fails the first test.
 */
const proofs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    'Willcall is ready.': 'commands.test.ts',
    createWillcallClient: 'readme.test.ts',
  },
  'docs/guides/backup-and-restore.md': { 'WILLCALL_FENCE_DIR=': 'backup-and-restore.test.ts' },
  'docs/guides/moving-data.md': {
    'DATABASE_URL=': 'moving-data.test.ts',
    'WILLCALL_MIGRATE=': 'moving-data.test.ts',
  },
  'docs/guides/official-sdks.md': {
    'WILLCALL_CLERK_PACKAGES=': 'official-sdks.test.ts',
    'CLERK_API_URL=': 'official-sdks.test.ts',
  },
  'docs/guides/production.md': {
    reverse_proxy: 'production.test.ts',
    proxy_pass: 'production.test.ts',
    'WILLCALL_TRUSTED_PROXIES=': 'production.test.ts',
    'WILLCALL_API_URL=': 'production.test.ts',
    'DATABASE_URL=': 'several-nodes.test.ts',
  },
  'docs/guides/several-nodes.md': {
    reverse_proxy: 'several-nodes.test.ts',
    synchronous_standby_names: '../../packages/server/test/postgres/outages.test.ts',
  },
  'docs/guides/sign-in-tokens.md': { asking_pages: 'sign-in-tokens.test.ts' },
};

test('every sample is run somewhere', () => {
  const unproved = documents.flatMap((document) =>
    blocksOf(document)
      .filter(({ language, title }) => !['', 'sh'].includes(language) && title === undefined)
      .filter(({ text }) => marksOf(document).filter((mark) => text.includes(mark)).length !== 1)
      .map(({ text }) => ({ document, text })),
  );
  expect(unproved).toEqual([]);
});

const listed = Object.entries(proofs).flatMap(([document, samples]) =>
  Object.entries(samples).map(([mark, file]) => ({ document, mark, file })),
);

test.each(listed)('$mark of $document is read by $file', ({ document, mark, file }) => {
  expect(blocksOf(document).filter(({ text }) => text.includes(mark))).toHaveLength(1);
  expect(readFileSync(path.join(import.meta.dirname, file), 'utf8')).toContain(`'${mark}'`);
});

function marksOf(document: string): readonly string[] {
  return Object.keys(proofs[document] ?? {});
}
