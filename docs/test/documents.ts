import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The documents of the repository, relative to its root; those of the packages are tested there. */
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md', { cwd: root }).toSorted(),
];

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  /** The file that it shows, as the fence says it: `title=snippets/a.ts`. */
  readonly title: string | undefined;
  readonly text: string;
}

/** Reads a document. */
export function readDocument(document: string): string {
  return readFileSync(path.join(root, document), 'utf8');
}

/** Its fenced blocks, in their order. */
export function blocksOf(document: string): readonly Block[] {
  const blocks = readDocument(document).matchAll(/^```(\w*)(?: title=(\S+))?\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, language = '', title, text = '']) => ({ language, title, text }));
}

/** The lines of its `sh` blocks: what it tells one to type. */
export function commandsOf(document: string): readonly string[] {
  return blocksOf(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n').filter((line) => line !== ''));
}

/** The variables that a block sets, one a line. */
export function variablesOf(block: string): Record<string, string> {
  const lines = block.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s) as [string, string]));
}

/** The one block of a document that contains a text. */
export function blockWith(document: string, text: string): string {
  const [block, ...more] = blocksOf(document).filter((each) => each.text.includes(text));
  if (!block || more.length > 0)
    throw new Error(`${document} has ${more.length + (block ? 1 : 0)} blocks with ${text}.`);
  return block.text;
}
