import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryFiles } from './source-files.ts';
import type { Outcome } from './outcome.ts';

/**
 * Checks that what the documents name is there: each path in the README's *Where is…?*
 * table, and each relative link of every Markdown file.
 */
export async function checkDocuments(root: string): Promise<Outcome> {
  const files = await repositoryFiles(root);
  const documents = files.filter((file) => file.endsWith('.md'));
  const problems: string[] = [];
  let count = 0;
  for (const document of documents) {
    const text = await readFile(path.join(root, document), 'utf8');
    const targets = linksOf(text).map((link) => path.join(path.dirname(document), link));
    if (document === 'README.md') targets.push(...pathsOfTable(text, problems));
    count += targets.length;
    const missing = targets.filter((target) => !existsSync(path.join(root, target)));
    problems.push(...missing.map((target) => `${document}: ${target} does not exist.`));
  }
  if (!documents.includes('README.md')) problems.push('README.md: does not exist.');
  return { count, unit: `paths and links in ${documents.length} documents`, problems };
}

/** Links to files, without their anchors. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^(```|~~~).*?^\1/gms, '').replaceAll(/`[^`\n]*`/g, '``');
  const targets = [...prose.matchAll(/\]\(<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm)];
  return targets
    .map(([, inline, reference]) => inline ?? reference ?? '')
    .filter((target) => !/^([a-z][a-z0-9+.-]*:|#|\/\/)/i.test(target))
    .map((target) => decodeURI(target.replace(/[#?].*$/, '')));
}

/** The paths in backquotes of the table below the heading *Where is…?*. */
function pathsOfTable(text: string, problems: string[]): string[] {
  const section = /^#+ *where is.*?$(.*?)(?=^#+ |(?![\s\S]))/ims.exec(text)?.[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  const spans = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span));
  const paths = spans.filter((span) => /^[\w@.-]+(\/[\w@.-]*)+$|^[\w-]+\.\w+$/.test(span));
  if (paths.length === 0) problems.push('README.md: has no table *Where is…?* with paths in it.');
  return paths;
}
