import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';

/** The app of the guide's snippets, on a free port of this machine. */
export interface RunningApp {
  readonly port: number;
  stop(): void;
}

/** Builds the app from source and serves it, every path with the same page. */
export async function serveApp(apiUrl: string): Promise<RunningApp> {
  const files = await bundle();
  const page = `<!doctype html><html lang="en" data-api-url="${apiUrl}"><title>App</title><link rel="icon" href="data:,"><body><script type="module" src="/main.js"></script>`;
  const server = createServer((request, response) => {
    const code = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    const type = code === undefined ? 'text/html' : 'text/javascript';
    response.setHeader('content-type', type).end(code ?? page);
  });
  // Both loopback addresses: localhost and 127.0.0.1 are two sites on one machine.
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => server.close() };
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['willcall-source', ...defaultClientConditions] },
    // Styles are the customer's business here, and the built ones may be missing.
    plugins: [
      { name: 'no-styles', enforce: 'pre', load: (id) => (id.endsWith('styles.css') ? '' : null) },
    ],
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: fileURLToPath(new URL('main.tsx', import.meta.url)),
        output: { entryFileNames: 'main.js' },
      },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const scripts = outputs.flatMap((file) =>
    file.type === 'chunk' ? [[`/${file.fileName}`, file.code] as const] : [],
  );
  return new Map(scripts);
}
