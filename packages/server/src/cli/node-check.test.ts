import { expect, test } from 'vitest';
import { describeOldNode } from './node-check.ts';

test.each(['3.51.3', '3.51.10', '3.52.0', '4.0.0'])('SQLite %s is new enough', (sqlite) => {
  expect(describeOldNode({ node: '24.21.0', sqlite })).toBeUndefined();
});

test.each(['3.51.2', '3.50.4', '3.5.99', '2.99.99'])(
  'SQLite %s is too old, and is told so',
  (sqlite) => {
    expect(describeOldNode({ node: '22.12.0', sqlite })).toContain(
      `Node 22.12.0 brings SQLite ${sqlite}`,
    );
  },
);

test('a Node without SQLite is told what to install', () => {
  const complaint = describeOldNode({ node: '20.19.0' });
  expect(complaint).toContain('Node 20.19.0 brings no SQLite');
  expect(complaint).toContain('Install Node 24.18 or 22.23');
});
