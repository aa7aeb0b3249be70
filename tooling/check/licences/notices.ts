import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { findDistributed } from './distributed.ts';
import { nameAt, readLock, type Lock } from './lock.ts';

/**
 * The text of the notices: each package that we hand on or build in, with its licence as it
 * is installed here. The same on every platform. Refuses when a package is not installed.
 */
export async function writeNotices(root: string): Promise<{ text: string; count: number }> {
  const lock = await readLock(path.join(root, 'package-lock.json'));
  const { everywhere, somewhere } = await findDistributed(root, lock);
  const texts = await Promise.all(inOrder(everywhere).map((place) => notice(root, lock, place)));
  const names = [...new Set(inOrder(somewhere).map((place) => `- ${titleOf(lock, place)}`))];
  const parts = [
    '# Third-party notices',
    'Willcall is handed on together with the packages below, which belong to their authors.\n' +
      'Written by `node tooling/notices.ts` from what is installed.',
    ...texts,
    ...(names.length > 0
      ? [
          '## For some platforms only',
          'Compiled parts of the packages above and what these parts need.',
          names.join('\n'),
        ]
      : []),
  ];
  return { text: `${parts.join('\n\n')}\n`, count: everywhere.size + somewhere.size };
}

async function notice(root: string, lock: Lock, place: string): Promise<string> {
  const folder = path.join(root, place);
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`${nameAt(place)} is not installed. Run \`npm ci\`.`, { cause });
  });
  const texts = files.filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).toSorted();
  const read = await Promise.all(texts.map((file) => readFile(path.join(folder, file), 'utf8')));
  const blocks = read.map((text) => `\`\`\`text\n${text.trim().replaceAll('\r\n', '\n')}\n\`\`\``);
  const none = `The package carries no text of its licence.${await authorOf(folder)}`;
  return [`## ${titleOf(lock, place)}`, ...(blocks.length > 0 ? blocks : [none])].join('\n\n');
}

async function authorOf(folder: string): Promise<string> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  const { author } = JSON.parse(manifest) as { author?: string | { name?: string } };
  const name = typeof author === 'string' ? author : author?.name;
  return name === undefined ? '' : ` Its author is ${name}.`;
}

function titleOf(lock: Lock, place: string): string {
  const { version = '', license = '' } = lock[place] ?? {};
  return `${nameAt(place)} ${version} (${license})`;
}

function inOrder(places: ReadonlySet<string>): string[] {
  return [...places].toSorted((a, b) =>
    nameAt(a) < nameAt(b) ? -1 : nameAt(a) > nameAt(b) ? 1 : a < b ? -1 : 1,
  );
}
