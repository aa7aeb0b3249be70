import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { lineAt, parse } from '../source/parse.ts';
import { walk, type SyntaxNode } from '../source/walk.ts';
import { typeScriptFiles } from './source-files.ts';
import type { Outcome } from './outcome.ts';

/** Comments that silence the compiler. */
const silencers = /@ts-(ignore|expect-error|nocheck)\b/g;

/**
 * Counts the places where a type is written, and those among them that switch the
 * compiler off: `any`, `x!` and `@ts-…` comments. None is allowed. That no `any` flows in from
 * elsewhere is the business of the linter's `no-unsafe-…` rules.
 */
export async function checkTypeCoverage(root: string): Promise<Outcome> {
  let count = 0;
  const problems: string[] = [];
  const files = await typeScriptFiles(root);
  for (const file of files) {
    const code = await readFile(path.join(root, file), 'utf8');
    const escapes = [...silencersIn(code)];
    for (const node of walk(parse(file, code))) {
      if (isTypePosition(node)) count += 1;
      const what = escapeOf(node);
      if (what) escapes.push({ at: node.start, what });
    }
    problems.push(...escapes.map(({ at, what }) => `${file}:${lineAt(code, at)}: ${what}.`));
  }
  const unit = `type positions in ${files.length} files, ${problems.length} untyped`;
  return { count, unit, problems };
}

function isTypePosition({ type }: SyntaxNode): boolean {
  return /^TS(\w+Keyword|TypeReference|TypeLiteral|UnionType|LiteralType|FunctionType)$/.test(type);
}

function escapeOf(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'TSAnyKeyword':
      return '`any` switches the compiler off; `unknown` does not';
    case 'TSNonNullExpression':
      return '`!` claims what the compiler cannot see';
    default:
      return undefined;
  }
}

function* silencersIn(code: string): Generator<{ at: number; what: string }> {
  for (const { 0: what, index: at } of code.matchAll(silencers)) {
    // Only a comment silences; the name in a text or a pattern does not.
    const line = code.slice(code.lastIndexOf('\n', at) + 1, at);
    if (/(\/\/|\/\*)\s*$/.test(line)) yield { at, what: `\`${what}\` silences the compiler` };
  }
}
