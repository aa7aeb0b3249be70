import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { blocksOf, documents, readDocument, root } from './documents.ts';

test('every relative link leads to something that exists, its heading included', () => {
  const links = documents.flatMap((document) =>
    [...withoutCode(readDocument(document)).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => ({ document, target }))
      .filter(({ target }) => !/^[a-z]+:/.test(target)),
  );
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter(isBroken)).toEqual([]);
});

test('every path of the repository that a document names in backquotes exists', () => {
  const named = documents.flatMap((document) =>
    [
      ...readDocument(document).matchAll(
        /`((?:packages|docs|e2e|conformance|examples|tooling)\/[\w@./-]+)`/g,
      ),
    ].map(([, target = '']) => ({ document, target })),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ target }) => !existsSync(path.join(root, target)))).toEqual([]);
});

test('the README answers ten questions of where, or more', () => {
  const table = readDocument('README.md').split('## Where is…?')[1]?.split('\n## ')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| Where'));
  expect(rows.length).toBeGreaterThanOrEqual(10);
  for (const row of rows) expect(row).toMatch(/\| `packages\/[^`]+`/);
});

test('the way of one ticket has at most eight stops, each with its file', () => {
  const way =
    readDocument('docs/architecture.md').split('## The way of one ticket')[1]?.split('\n## ')[0] ??
    '';
  const stops = way.split('\n').filter((line) => /^\d+\. /.test(line));
  expect(stops.length).toBeGreaterThan(4);
  expect(stops.length).toBeLessThan(9);
  for (const stop of stops) expect(stop.match(/`packages\/|`POST/), stop).not.toBeNull();
});

test('a decision has at most thirty lines and a number of its own', () => {
  const decisions = documents.filter((document) => document.startsWith('docs/decisions/'));
  expect(decisions.length).toBeGreaterThan(5);
  const numbers = decisions.map((document) => path.basename(document).slice(0, 3));
  expect(new Set(numbers).size).toBe(decisions.length);
  for (const document of decisions) {
    expect(readDocument(document).split('\n').length, document).toBeLessThanOrEqual(30);
    expect(readDocument(document), document).toMatch(
      new RegExp(`^# ${path.basename(document).slice(0, 3)}: `),
    );
  }
});

test('a block with the name of a snippet is that file, byte by byte', () => {
  const shown = documents.flatMap((document) =>
    blocksOf(document)
      .filter(({ title }) => title?.startsWith('snippets/'))
      .map(({ title = '', text }) => ({ file: path.join(path.dirname(document), title), text })),
  );
  expect(shown.length).toBeGreaterThan(9);
  for (const { file, text } of shown)
    expect(readFileSync(path.join(root, file), 'utf8'), file).toBe(text);
});

test('the README says with whom we are not affiliated', () => {
  const notice =
    'Not affiliated with or endorsed by Clerk; the name is used only to state compatibility.';
  expect(readDocument('README.md')).toContain(notice);
});

function isBroken({ document, target }: { document: string; target: string }): boolean {
  const [file = '', heading] = target.split('#');
  const place = file === '' ? document : path.join(path.dirname(document), file);
  if (!existsSync(path.join(root, place))) return true;
  return heading !== undefined && !headingsOf(place).includes(heading);
}

/** The anchors of a document's headings, as GitHub writes them. */
function headingsOf(document: string): string[] {
  return [...readDocument(document).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
}
