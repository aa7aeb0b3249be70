import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScript } from '../../../../tooling/test/run-script.ts';
import { bin } from '../../../../tooling/source/tools.ts';
import { type Guard, guards } from './guards.ts';
import { findSites, passedOver, ticketFiles } from './sites.ts';

const root = path.join(import.meta.dirname, '../../../..');
const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-mutants-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.entries(guards))('%s', (_guarantee, all) => {
  // Each guard is taken out at night; of each guarantee the first one whenever anything changes.
  test.each(isNightly ? all : all.slice(0, 1))(
    'since $name',
    { timeout: 300_000 },
    async (guard) => {
      const { failed, messages } = await runWithout(guard);
      expect(failed, messages.join('\n')).toContain(guard.missedBy[1]);
    },
  );

  test.each(all)('$name: the guard is where it is said to be', async ({ file, text }) => {
    const source = await readFile(path.join(root, 'packages/server/src', file), 'utf8');
    expect(source.split(text)).toHaveLength(2);
  });
});

describe('what looks like a guard', () => {
  let seen = 0;

  test.each(ticketFiles)('is listed, or said to need no mutant, in %s', async (file) => {
    const source = await readFile(path.join(root, 'packages/server/src', file), 'utf8');
    const texts = Object.values(guards)
      .flat()
      .filter((guard) => guard.file === file)
      .map(({ text }) => text);
    const excuses = Object.keys(passedOver[file] ?? {});
    for (const excuse of excuses) expect(source.split(excuse)).toHaveLength(2);
    // A text stands for the lines that it is in.
    const known = [...texts, ...excuses].map((text) => {
      const from = source.indexOf(text);
      const end = source.indexOf('\n', from + text.length);
      return [source.lastIndexOf('\n', from), end] as const;
    });
    const sites = findSites(source);
    seen += sites.length;
    const unlisted = sites
      .filter(([from, to]) => !known.some(([start, end]) => start < to && from < end))
      .map(([from, to]) => source.slice(from, to));
    expect(unlisted).toEqual([]);
    expect(Object.keys(passedOver).filter((each) => !ticketFiles.includes(each))).toEqual([]);
  });

  test('was found in all its forms', () => {
    expect(seen).toBeGreaterThan(75);
    const planted = [
      "if (token.status === 'revoked') {\n    throw new Refusal(code);",
      'refuseSpent(token, now);',
      'return left && equalHashes(left, right);',
      "`UPDATE tokens SET status = 'used' WHERE id = ? AND status = 'pending'`",
      'return (await tx.run(sql, id)) === 1;',
    ];
    for (const guard of planted) expect(findSites(guard)).not.toEqual([]);
  });
});

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/** Runs the test that should miss a guard, without it: the tests that failed. */
async function runWithout({ missedBy, project, file, text, by }: Guard) {
  const [place, name] = missedBy;
  const report = path.join(folder, `${file.replaceAll('/', '-')}-${Date.now()}.json`);
  const exactly = name.replaceAll(/[^\w ]/g, '.');
  await runScript(
    [
      ...[
        bin('vitest'),
        'run',
        '--project',
        project ?? 'unit',
        `packages/server/test/${place}.test.ts`,
      ],
      ...['-t', exactly, '--reporter', 'json', '--outputFile', report],
    ],
    {
      cwd: root,
      output: 'ignore',
      env: {
        ...process.env,
        // At night every test is one of PostgreSQL's as well.
        WILLCALL_NIGHTLY: project === 'postgres' ? '1' : '',
        WILLCALL_TAKE_OUT: JSON.stringify({ file: `/packages/server/src/${file}`, text, by }),
      },
    },
  );
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ title }) => title);
  return { failed, messages: testResults.map(({ message }) => message) };
}
