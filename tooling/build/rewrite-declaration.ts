import path from 'node:path';
import { readImports } from '../source/imports.ts';

/**
 * A declaration as it is published: source endings become `.js`, the private contract
 * becomes the file `contract` (absolute), and style sheets are left out. Refuses an import
 * of another private package.
 */
export function rewriteDeclaration(
  file: string,
  text: string,
  contract: string,
): { text: string; usesContract: boolean } {
  let usesContract = false;
  let result = text;
  for (const { specifier, start, end } of readImports(file, text).toReversed()) {
    if (specifier === undefined) continue;
    usesContract ||= specifier === '@willcall/contract';
    const rewritten = rewrite(specifier, file, contract);
    result = `${result.slice(0, start)}'${rewritten}'${result.slice(end)}`;
  }
  return { text: result, usesContract };
}

function rewrite(specifier: string, file: string, contract: string): string {
  if (specifier === '@willcall/contract') {
    const relative = path.relative(path.dirname(file), contract).split(path.sep).join('/');
    return relative.startsWith('.') ? relative : `./${relative}`;
  }
  if (/^@willcall\/(contract|portal|server)\b/.test(specifier)) {
    throw new Error(`${file}: a published type may not name ${specifier}, which is private.`);
  }
  return specifier.startsWith('.') ? specifier.replace(/\.tsx?$/, '.js') : specifier;
}
