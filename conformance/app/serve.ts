import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { build, preview, type InlineConfig } from 'vite';
import type { RunningServer } from '../server.ts';

/** The application, built and served on a free port. */
export interface RunningApp {
  url: string;
  stop(): Promise<void>;
}

/**
 * Builds the application and serves it with one proxy line: `/__clerk` goes to the
 * server, scripts of the official SDK included.
 */
export async function serveApp(server: RunningServer): Promise<RunningApp> {
  const builds = path.join(import.meta.dirname, '../.build');
  await mkdir(builds, { recursive: true });
  const outDir = await mkdtemp(path.join(builds, 'app-'));
  const config: InlineConfig = {
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'warn',
    define: { PUBLISHABLE_KEY: JSON.stringify(server.publishableKey) },
    build: { outDir, emptyOutDir: true, minify: false, reportCompressedSize: false },
    preview: { host: 'localhost', port: 0, proxy: { '/__clerk': server.url } },
  };
  await build(config);
  const running = await preview(config);
  const address = running.httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('The application has no port.');
  return {
    url: `http://localhost:${address.port}`,
    async stop() {
      await running.close();
      await rm(outDir, { recursive: true });
    },
  };
}
