import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, publishedNames } from '../build/packages.ts';
import { runTool } from '../check/run-tool.ts';
import { tsc } from '../source/tools.ts';
import { plainEnvironment } from './npm.ts';
import { installedManifest } from './pack.ts';
import { createProject, type Project } from './project.ts';
import { startWithNpx } from './start-server.ts';

/** What may lie in a package: programs, types, styles, pages; no source, no test, no map. */
const allowed =
  /^(package\.json|README\.md|LICENSE|bin\/cli\.js|willcall\.schema\.json|dist\/THIRD_PARTY_NOTICES\.md|dist\/.+\.(js|d\.ts|css)|dist\/pages\/.+\.(html|svg|png|ico|woff2))$/;

let project: Project;

beforeAll(async () => {
  project = await createProject();
});

afterAll(async () => {
  await project.remove();
});

describe.each(publishedNames)('@willcall/%s', (name) => {
  const specifiers = exportsOf(name);

  test('carries its licence, its description, and nothing but what was built', () => {
    const files = project.packed[name]?.files ?? [];
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']));
    expect(files.filter((file) => file.startsWith('dist/'))).not.toEqual([]);
    expect(files.filter((file) => !allowed.test(file) || /\.test\./.test(file))).toEqual([]);
  });

  test('has every file that its package.json names', async () => {
    const { files = [], bin = {}, exports = {} } = await installedManifest(project.folder, name);
    const ways = Object.values(exports).flatMap((each) =>
      typeof each === 'string'
        ? [each]
        : Object.entries(each)
            .filter(([way]) => way !== 'willcall-source')
            .map(([, file]) => file),
    );
    const named = [...files, ...Object.values(bin), ...ways];
    const folder = path.join(project.folder, 'node_modules/@willcall', name);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
  });

  test('has no error for publint', async () => {
    const pkgDir = path.join(project.folder, 'node_modules/@willcall', name);
    const { messages } = await publint({ pkgDir, pack: false, strict: true });
    expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
  });

  test.each(specifiers)('%s can be imported by plain Node', async (specifier) => {
    const program = specifier.endsWith('.css')
      ? `console.log(import.meta.resolve('${specifier}'))`
      : `console.log(Object.keys(await import('${specifier}')).join())`;
    const args = ['--input-type=module', '--eval', program];
    const options = { cwd: project.folder, env: plainEnvironment() };
    const { stdout } = await promisify(execFile)(process.execPath, args, options);
    expect(stdout.trim()).not.toBe('');
  });
});

test.each(['nodenext', 'bundler'])(
  'types resolve with moduleResolution %s',
  async (moduleResolution) => {
    const folder = path.join(project.folder, moduleResolution);
    const specifiers = publishedNames.flatMap(exportsOf).filter((each) => !each.endsWith('.css'));
    const lines = specifiers.map((specifier, at) => `export * as part${at} from '${specifier}';`);
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: false, jsx: 'react-jsx', target: 'es2023' },
      ...{ lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'], moduleResolution },
      module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
    };
    await mkdir(folder);
    await writeFile(path.join(folder, 'all.ts'), lines.join('\n'));
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['all.ts'] }),
    );
    const { code, stdout } = await runTool(tsc, ['-p', folder], project.folder);
    expect(specifiers.length).toBeGreaterThan(3);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  },
);

test('npx willcall dev starts the server', async () => {
  const server = await startWithNpx(project.folder, 'dev', '--json', '--ephemeral', '--port', '0');
  try {
    const ready = JSON.parse(server.line) as Record<string, string>;
    const named = [
      'url',
      'publishable_key',
      'secret_key',
      'sign_in_url',
      'demo_user_id',
      'sign_in_link',
    ];
    expect(Object.keys(ready).toSorted()).toEqual(named.toSorted());
    const health = await fetch(new URL('/health/ready', ready['url']));
    expect(health.status).toBe(200);
    const page = await fetch(ready['sign_in_url'] ?? '');
    expect(page.headers.get('content-type')).toContain('text/html');
  } finally {
    await server.stop();
  }
});

/** The names under which the parts of a package are imported. */
function exportsOf(name: string): string[] {
  const { exports = {} } = manifestOf(name);
  return Object.keys(exports).map((part) => path.posix.join(`@willcall/${name}`, part));
}
