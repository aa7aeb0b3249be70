import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Plugin, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { languages } from '../src/messages/languages.ts';

/** Gzipped bytes of script beyond React. */
const budget = { ticket: 12_000, signIn: 60_000 };

/** The smallest app that signs people in, as a customer's bundler builds it. */
const app = `
  import { jsx } from 'react/jsx-runtime';
  import { createRoot } from 'react-dom/client';
  import { SignIn, WillcallProvider } from '@willcall/react';
  const children = jsx(SignIn, { path: '/sign-in' });
  createRoot(document.body).render(jsx(WillcallProvider, { apiUrl: '/__clerk', children }));
`;

const appFile: Plugin = {
  name: 'app',
  resolveId: (id) => (id === 'app' ? '\0app' : undefined),
  load: (id) => (id === '\0app' ? app : undefined),
};

async function buildApp(): Promise<readonly Rolldown.OutputChunk[]> {
  // Vite has two faces; a customer's visitors get what it builds for production.
  process.env['NODE_ENV'] = 'production';
  const built = (await build({
    root: path.dirname(import.meta.dirname),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    mode: 'production',
    plugins: [appFile],
    resolve: { conditions: ['willcall-source', ...defaultClientConditions] },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: 'app', external: /^react(-dom)?(\/|$)/ },
    },
  })) as Rolldown.RolldownOutput;
  return built.output.filter((file) => file.type === 'chunk');
}

function sizeOf(chunks: Iterable<Rolldown.OutputChunk>): number {
  return [...chunks].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

/** What a browser fetches before anything is asked for later. */
function startOf(chunks: readonly Rolldown.OutputChunk[]): ReadonlySet<Rolldown.OutputChunk> {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of found) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk);
  }
  return found;
}

/** The language whose texts a chunk holds; `undefined` for a chunk of the program. */
function languageOf({ moduleIds }: Rolldown.OutputChunk): string | undefined {
  return moduleIds.map((id) => /\/messages\/([\w-]+)\/\w+\.ts$/.exec(id)?.[1]).find(Boolean);
}

const all = await buildApp();
const start = startOf(all);
const textOf = (of: Iterable<Rolldown.OutputChunk>) => [...of].map(({ code }) => code).join('\n');

/** What a person gets who reads one language; English is a part of the start. */
const inLanguage = ['en', ...Object.keys(languages)].map((language) => {
  const ofIt = (chunk: Rolldown.OutputChunk) => languageOf(chunk) === language;
  const entrance = all.filter((chunk) => ofIt(chunk) && chunk.name === 'entrance');
  const others = (chunk: Rolldown.OutputChunk) =>
    !start.has(chunk) && languageOf(chunk) && !ofIt(chunk);
  return {
    language,
    ticket: new Set([...start, ...entrance]),
    whole: all.filter((chunk) => !others(chunk)),
  };
});

test.each(inLanguage)(
  'a page in $language that redeems a ticket needs at most 12 kB of script beyond React',
  ({ language, ticket }) => {
    // It asks the server and makes a session its own; the form comes later.
    expect(textOf(start)).toMatch(/\/client\/sign_ins[^]*\/touch/);
    expect(textOf(start)).not.toMatch(/attempt_first_factor|one-time-code/);
    expect(ticket.size > start.size).toBe(language !== 'en');
    expect(sizeOf(ticket)).toBeGreaterThan(budget.ticket / 2);
    expect(sizeOf(ticket)).toBeLessThanOrEqual(budget.ticket);
  },
);

test.each(inLanguage)('<SignIn> in $language, all its steps, needs at most 60 kB', ({ whole }) => {
  expect(textOf(whole)).toMatch(/attempt_second_factor/);
  expect(textOf(whole)).toMatch(/choose-organization/);
  expect(sizeOf(whole)).toBeGreaterThan(sizeOf(start));
  expect(sizeOf(whole)).toBeLessThanOrEqual(budget.signIn);
});
