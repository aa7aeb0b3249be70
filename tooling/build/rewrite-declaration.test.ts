import { expect, test } from 'vitest';
import { rewriteDeclaration } from './rewrite-declaration.ts';

const rewrite = (text: string) =>
  rewriteDeclaration('/dist/user/view.d.ts', text, '/dist/contract/index.js');

test.each([
  [`export { a } from './a.ts';`, `export { a } from './a.js';`, false],
  [`export { a } from '../a.tsx';`, `export { a } from '../a.js';`, false],
  [
    `import type { A } from '@willcall/contract';`,
    `import type { A } from '../contract/index.js';`,
    true,
  ],
  [`type A = import('@willcall/contract').A;`, `type A = import('../contract/index.js').A;`, true],
  [`import type { R } from 'react';`, `import type { R } from 'react';`, false],
  [`import { B } from '@willcall/browser';`, `import { B } from '@willcall/browser';`, false],
])('%s is published as %s', (text, published, usesContract) => {
  expect(rewrite(text)).toEqual({ text: published, usesContract });
});

test('several imports keep their places', () => {
  const { text } = rewrite(`import { a } from './a.ts';\nimport { b } from './b.ts';\nlet c: a;`);
  expect(text).toBe(`import { a } from './a.js';\nimport { b } from './b.js';\nlet c: a;`);
});

test.each(['portal', 'server', 'contract/secret'])('a private package is refused: %s', (name) => {
  expect(() => rewrite(`export { a } from '@willcall/${name}';`)).toThrow('which is private');
});
