import { expect, test } from 'vitest';
import * as react from '@willcall/react';
import * as mount from '@willcall/react/mount';
import readme from '../README.md?raw';

const files = import.meta.glob<string>('./readme/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

// The type check covers these files, so a snippet that equals one compiles.
test('every snippet is one of the checked files, and every file is shown once', () => {
  const snippets = [...readme.matchAll(/^```tsx?\n([\s\S]*?)^```$/gm)].map(
    (match) => match[1] ?? '',
  );
  expect(snippets.length).toBeGreaterThan(5);
  expect(snippets.toSorted()).toEqual(Object.values(files).toSorted());
});

test('every component and hook is named', () => {
  const names = Object.keys(react).filter(
    (name) => /^(use)?[A-Z]/.test(name) && !name.endsWith('Error'),
  );
  expect(names.length).toBeGreaterThan(13);
  names.push(...Object.keys(mount));
  for (const name of names) expect(readme).toMatch(new RegExp(`\`<?${name}\\b`));
});
