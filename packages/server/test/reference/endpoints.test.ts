import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type TestService } from '../service.ts';
import { type FoundRoute, watchRoutes } from './routes.ts';

const sources = new URL('../../src/', import.meta.url);
const reference = '../../../../docs/reference/endpoints.md';

let routes: readonly FoundRoute[];
let service: TestService;

beforeAll(async () => {
  routes = watchRoutes();
  service = await openService();
  await service.app.ready();
});

afterAll(() => service?.close());

test('the reference of endpoints is the route list of the running app', async () => {
  expect(routes.length).toBeGreaterThan(80);
  expect(routes.filter(({ file }) => file === 'unknown')).toEqual([]);
  const page = [head, ...(await Promise.all(parts.map(writePart)))].join('\n');
  expect(page.match(/^\| `[A-Z]+` \|/gm)?.length).toBe(routes.length);
  // Written anew by `npm test -- unit reference -u`.
  await expect(page).toMatchFileSnapshot(reference);
});

/** The parts of the page: each route belongs to the first part whose folder its file lies in. */
const parts = [
  {
    folder: 'http/backend-api/',
    title: 'Backend API',
    text: 'Called by your server with `Authorization: Bearer sk_…`; takes and answers JSON.',
  },
  {
    folder: 'http/frontend-api/',
    title: 'Frontend API',
    text: 'Called by browsers and apps, known by a cookie or a token of their own; takes forms. The same paths answer below `/__clerk`, and a POST with `?_method=PATCH` (`PUT`, `DELETE`) counts as that method.',
  },
  {
    folder: 'http/',
    title: 'Pages, machines and scripts',
    text: 'Called by people, monitors and verifiers.',
  },
];

async function writePart(part: (typeof parts)[number]): Promise<string> {
  const isOwn = ({ file }: FoundRoute) =>
    parts.find(({ folder }) => file.startsWith(folder)) === part;
  const own = routes.filter(isOwn);
  const files = [...new Set(own.map(({ file }) => file))];
  const sections = await Promise.all(
    files.map((file) =>
      writeSection(
        file,
        own.filter((route) => route.file === file),
      ),
    ),
  );
  return [`## ${part.title}`, '', part.text, '', ...sections].join('\n');
}

async function writeSection(file: string, own: readonly FoundRoute[]): Promise<string> {
  const source = await readFile(new URL(file, sources), 'utf8');
  const [first = file] = file.split('/').slice(-1);
  return [
    `### [${first.replace('.ts', '')}](../../packages/server/src/${file})`,
    '',
    ...describeFile(source),
    '| method | path |',
    '| --- | --- |',
    ...own.map(({ method, path }) => `| \`${method}\` | \`${path}\` |`),
    '',
  ].join('\n');
}

/** What the comment above the function that declares the routes says. */
function describeFile(source: string): readonly string[] {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+export function \w+Routes\(/.exec(source)?.[1];
  return comment === undefined ? [] : [comment.replaceAll(/\s*\n\s*\*\s?/g, ' ').trim(), ''];
}

const head = `# Endpoints

Generated from the route list of the running app; what a route takes and answers stands in the file that its heading links to.

One port serves everything. HEAD is answered wherever GET is.
`;
