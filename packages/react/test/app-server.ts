import { createServer } from 'node:http';
import path from 'node:path';
import { build, defaultClientConditions } from 'vite';
import { guardStyles } from '../../../tooling/build/guard-styles.ts';
import type { AddressInfo } from 'node:net';
import type { Rolldown } from 'vite';

export interface AppServer {
  readonly url: string;
  stop(): void;
}

/** Styles that a customer's page brings along, ours not counted. */
export type PageStyles = Readonly<Record<string, string>>;

/**
 * Serves a customer's app, built as a customer builds it, from sources.
 *
 * @param styles by path: what the page at that path puts into a style element of its own
 * @param program the file that starts the app. Default: one with every component
 */
export async function serveApp(
  styles: PageStyles = {},
  program = 'app/main.tsx',
): Promise<AppServer> {
  const files = await buildApp(program);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname.slice(1));
    const type = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.setHeader('content-type', file === undefined ? 'text/html' : type);
    response.end(file ?? pageWith(styles[pathname] ?? ''));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, stop: () => server.close() };
}

function pageWith(style: string): string {
  return `<!doctype html><html lang="en"><head><title>An app</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="/app.css"><style>${style}</style></head>
    <body><main><h2 id="outside">Of the page</h2><button id="own">Own</button><input id="field" value="x">
    <div id="app"></div></main><script type="module" src="/app.js"></script></body></html>`;
}

async function buildApp(program: string): Promise<ReadonlyMap<string, string>> {
  // Vite and React have two faces; a customer's visitors see the one for production.
  process.env['NODE_ENV'] = 'production';
  const built = (await build({
    root: path.dirname(import.meta.dirname),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    mode: 'production',
    css: guardStyles,
    resolve: { conditions: ['willcall-source', ...defaultClientConditions] },
    plugins: [
      // The built file of a release; from sources the modules bring their styles themselves.
      {
        name: 'styles',
        enforce: 'pre',
        resolveId: (id) => (id === '@willcall/react/styles.css' ? '\0styles' : undefined),
        load: (id) => (id === '\0styles' ? '' : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, program),
        output: { entryFileNames: 'app.js', assetFileNames: 'app[extname]' },
      },
    },
  })) as Rolldown.RolldownOutput;
  return new Map(
    built.output.map((file) => [
      file.fileName,
      file.type === 'chunk' ? file.code : String(file.source),
    ]),
  );
}
