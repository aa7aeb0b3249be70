import { expect, test } from 'vitest';
import { readImports } from './imports.ts';

test.each([
  [`import { a } from './a.ts';`, { specifier: './a.ts', isTypeOnly: false, isDynamic: false }],
  [`import './a.css';`, { specifier: './a.css', isTypeOnly: false, isDynamic: false }],
  [`import type { A } from './a.ts';`, { specifier: './a.ts', isTypeOnly: true, isDynamic: false }],
  [`import { type A } from './a.ts';`, { specifier: './a.ts', isTypeOnly: true, isDynamic: false }],
  [
    `import { type A, b } from './a.ts';`,
    { specifier: './a.ts', isTypeOnly: false, isDynamic: false },
  ],
  [`export * from './a.ts';`, { specifier: './a.ts', isTypeOnly: false, isDynamic: false }],
  [`export { a } from './a.ts';`, { specifier: './a.ts', isTypeOnly: false, isDynamic: false }],
  [`export type { A } from './a.ts';`, { specifier: './a.ts', isTypeOnly: true, isDynamic: false }],
  [
    `const a = () => import('./a.ts');`,
    { specifier: './a.ts', isTypeOnly: false, isDynamic: true },
  ],
  [
    `const a = (b: string) => import(b);`,
    { specifier: undefined, isTypeOnly: false, isDynamic: true },
  ],
  [`type A = import('./a.ts').A;`, { specifier: './a.ts', isTypeOnly: true, isDynamic: false }],
])('%s', (code, expected) => {
  expect(readImports('some.ts', code)).toEqual([expect.objectContaining(expected)]);
});

test('the place of an import is its text with the quotes', () => {
  const code = `import { a } from "./a.ts";`;
  const [found] = readImports('some.ts', code);
  expect(code.slice(found?.start, found?.end)).toBe('"./a.ts"');
});

test('what looks like an import in a text or a comment is none', () => {
  expect(readImports('some.ts', `// import './a.ts';\nconst a = "import './b.ts'";`)).toEqual([]);
});

test('a syntax error is refused with the name of the file', () => {
  expect(() => readImports('some.ts', 'import {')).toThrow('some.ts');
});
