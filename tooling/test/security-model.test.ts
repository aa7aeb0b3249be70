import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../build/packages.ts';

const document = path.join(root, 'docs/security-model.md');
const rows = [...readFileSync(document, 'utf8').matchAll(/^\| (\d+) \| (.+?) \| (.+) \|$/gm)].map(
  ([, number, statement = '', shown = '']) => ({ number: Number(number), statement, shown }),
);
const claimed = rows.filter(({ shown }) => shown !== 'not shown yet');

test('every statement of the security model has a row, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 39 }, (_, at) => at + 1));
});

test.each(claimed)(
  'statement $number is shown by tests that are there: $statement',
  ({ shown }) => {
    const named = [...shown.matchAll(/\[[^\]]+\]\(([^)]+)\): _(.+?)_(?:; |$)/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, file = '', title = ''] of named) {
      expect(readFileSync(path.join(path.dirname(document), file), 'utf8')).toContain(title);
    }
  },
);
