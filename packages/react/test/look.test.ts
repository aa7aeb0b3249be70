import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import readme from '../README.md?raw';

// Read as files: as modules they are names of classes.
const source = path.join(import.meta.dirname, '../src');
const files = globSync('**/*.css', { cwd: source }).map((name): [string, string] => [
  name,
  readFileSync(path.join(source, name), 'utf8'),
]);
const all = files.map(([, text]) => text).join('\n');
const documented = new Set(readme.match(/--willcall-[a-z-]+[a-z]/g));

test('each documented token decides something, and each one that decides is documented', () => {
  const read = new Map(
    [...all.matchAll(/(--w-[a-z-]+):\s*var\(\s*(--willcall-[a-z-]+)/g)].map((match) => [
      match[2] ?? '',
      match[1] ?? '',
    ]),
  );
  expect(documented.size).toBeGreaterThan(13);
  expect([...read.keys()].toSorted()).toEqual([...documented].toSorted());
  for (const [token, own] of read) expect(all, token).toContain(`var(${own})`);
});

test.each(files)('%s is one layer of classes of its own', (name, text) => {
  const bare = text.replaceAll(/\/\*[^]*?\*\//g, '').trim();
  expect(bare).toMatch(/^@layer willcall \{[^]*\}$/);
  const selectors = [...bare.matchAll(/(?<=[{};])\s*([^{};@]+)\{/g)].map(
    (match) => match[1]?.trim() ?? '',
  );
  expect(selectors.length).toBeGreaterThan(0);
  for (const selector of selectors.flatMap((each) => each.split(/,(?![^\n]*\))/))) {
    // Steps of an animation select nothing; all else begins at a class of this file.
    if (/^\s*(from|to|\d+%)\s*$/.test(selector)) continue;
    expect(selector.trim(), name).toMatch(
      /^(:global\(\[data-willcall-theme='\w+'\]\) )?(img)?(\.|:where\(\.root\b)/,
    );
  }
});

test.each(files)('%s names no side, so that it turns round from right to left', (_name, text) => {
  const bare = text.replaceAll(/\/\*[^]*?\*\//g, '');
  expect(bare).not.toMatch(/(margin|padding|border)-(left|right|top|bottom)/);
  expect(bare).not.toMatch(/(?<![-\w])(left|right|width|height):/);
  expect(bare).not.toMatch(/text-align:\s*(left|right)/);
});
