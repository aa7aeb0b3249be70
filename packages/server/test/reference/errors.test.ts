import { readFile } from 'node:fs/promises';
import { errorStatus } from '@willcall/contract';
import { expect, test } from 'vitest';
import { filesOf } from './files.ts';
import { describeErrors } from './errors.ts';

const declaration = new URL('../../../contract/src/error-codes.ts', import.meta.url);
const reference = '../../../../docs/reference/errors.md';

test('the reference of error codes is the one of the declarations', async () => {
  const sections = describeErrors(await readFile(declaration, 'utf8'));
  const described = sections.flatMap(({ errors }) => errors);
  expect(Object.fromEntries(described.map(({ code, status }) => [code, status]))).toEqual(
    errorStatus,
  );
  for (const { code, meaning } of described) expect(meaning, code).toMatch(/^[A-Z].+\.$/);
  // Written anew by `npm test -- unit reference -u`.
  await expect(writePage(sections)).toMatchFileSnapshot(reference);
});

test('every code can be answered', async () => {
  const sources = await filesOf(new URL('../../src/', import.meta.url));
  const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
  const silent = Object.keys(errorStatus).filter(
    (code) => !texts.some((text) => text.includes(`'${code}'`)),
  );
  expect(sources.length).toBeGreaterThan(50);
  expect(silent).toEqual([]);
});

function writePage(sections: ReturnType<typeof describeErrors>): string {
  const tables = sections.map(({ title, errors }) =>
    [
      `## ${title}`,
      '',
      '| code | status | when, and what to do |',
      '| --- | --- | --- |',
      ...errors.map(({ code, status, meaning }) => `| \`${code}\` | ${status} | ${meaning} |`),
      '',
    ].join('\n'),
  );
  return `${head}\n${tables.join('\n')}`;
}

const head = `# Error codes

Generated from \`packages/contract/src/error-codes.ts\`; change it there.

Every refusal is JSON: \`{"errors": [{"code", "message", "long_message", "meta"}], "clerk_trace_id"}\`. The code is stable and never changes its meaning; the message is for people and may. \`clerk_trace_id\` is the request's id in the server's log. \`@willcall/backend\` and \`@willcall/browser\` throw it as an error with the same \`code\`.
`;
