import { parseSync } from 'vite';
import { isNode, type SyntaxNode } from './walk.ts';

/** The syntax tree of a JavaScript or TypeScript file. Throws on a syntax error, naming the file. */
export function parse(file: string, code: string): SyntaxNode {
  const { program, errors } = parseSync(file, code);
  const fatal = errors.find((error) => error.severity === 'Error');
  if (fatal) throw new SyntaxError(`${file}: ${fatal.message}`);
  const tree: unknown = program;
  if (!isNode(tree)) throw new SyntaxError(`${file}: the parser gave no tree`);
  return tree;
}

/** The number of the line, from 1, in which a position lies. */
export function lineAt(code: string, position: number): number {
  return code.slice(0, position).split('\n').length;
}
