import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A page with `@willcall/browser`, on a free port of `localhost`. */
export interface RunningApp {
  /** `/` loads the SDK, `/leaves` loads it and leaves for `/` once somebody is signed in, `/plain` does not load it. */
  readonly url: string;
  stop(): void;
}

/** Builds the page from source and serves it. */
export async function serveApp(apiUrl: string): Promise<RunningApp> {
  const scripts = await bundle();
  const pages: Record<string, string> = {
    '/': page(`data-api-url="${apiUrl}"`),
    '/leaves': page(`data-api-url="${apiUrl}" data-leaves-to="/"`),
    '/plain': '<!doctype html><title>Plain</title>',
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const script = scripts.get(path);
    if (script !== undefined) {
      return response.setHeader('content-type', 'text/javascript').end(script);
    }
    const html = pages[path];
    return response.writeHead(html ? 200 : 404, { 'content-type': 'text/html' }).end(html);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, stop: () => server.close() };
}

function page(attributes: string): string {
  return `<!doctype html><html ${attributes}><title>App</title><link rel="icon" href="data:,"><body><script type="module" src="/main.js"></script>`;
}

/** The scripts of the page by their path: `/main.js`, and what it loads when it needs it. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['willcall-source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: fileURLToPath(new URL('main.ts', import.meta.url)),
        output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('Nothing was built.');
  const chunks = first.output.filter((each) => each.type === 'chunk');
  return new Map(chunks.map(({ fileName, code }) => [`/${fileName}`, code]));
}
