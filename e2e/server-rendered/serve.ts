import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { renderToString } from 'react-dom/server';
import { build } from 'vite';
import { drawApp } from './app.ts';

// Draws the page anew for each request. A process of its own, so that server and browser run
// the same built packages. The browser's part is React's development build, which warns.
const apiUrl = process.argv[2] ?? '';
const scripts = await bundle();
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const script = scripts.get(pathname.slice(1));
  if (script !== undefined) {
    return response.setHeader('content-type', 'text/javascript').end(script);
  }
  return response.setHeader('content-type', 'text/html; charset=utf-8').end(page());
});
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log(`ready on ${(server.address() as AddressInfo).port}`);

function page(): string {
  return `<!doctype html>
<html lang="en" data-api-url="${apiUrl}">
<meta name="referrer" content="strict-origin">
<title>Drawn by a server</title>
<link rel="icon" href="data:,">
<body><div id="root">${renderToString(drawApp(apiUrl))}</div><script type="module" src="/client.js"></script>`;
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'client.ts'),
        output: { entryFileNames: 'client.js' },
      },
    },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  return new Map(chunks.map(({ fileName, code }) => [fileName, code]));
}
