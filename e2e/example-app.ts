import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { root, runProcess, startProcess } from './process.ts';

const folder = path.join(root, 'examples/react-vite');
const vite = path.join(root, 'node_modules/vite/bin/vite.js');

/** `examples/react-vite`, served. */
export interface ExampleApp {
  /** On `localhost`. */
  readonly url: string;
  /** The same app on `127.0.0.1`: another site than that of a server on `localhost`. */
  readonly otherUrl: string;
  stop(): Promise<void>;
}

/** Builds the app for a server and serves it as `vite preview` does. */
export async function serveExample(willcallUrl: string): Promise<ExampleApp> {
  const outDir = await mkdtemp(path.join(root, '.build/example-'));
  const env = { NODE_ENV: 'production', VITE_WILLCALL_URL: willcallUrl };
  await runProcess([vite, 'build', '--outDir', outDir, '--emptyOutDir'], { cwd: folder, env });
  const { url, stop } = await startVite(['preview', '--outDir', outDir], env);
  return {
    ...addresses(url),
    stop: async () => {
      await stop();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** Serves the app's sources as `vite` does, in the development build of React. */
export async function developExample(willcallUrl: string): Promise<ExampleApp> {
  const env = { NODE_ENV: 'development', VITE_WILLCALL_URL: willcallUrl };
  const { url, stop } = await startVite([], env);
  return { ...addresses(url), stop };
}

async function startVite(args: readonly string[], env: Record<string, string>) {
  const isReady = /http:\/\/127\.0\.0\.1:(\d+)\//;
  const command = [vite, ...args, '--host', '127.0.0.1', '--port', '0', '--strictPort'];
  const { ready, stop } = await startProcess(command, { cwd: folder, env, isReady });
  return { url: `http://localhost:${ready[1]}`, stop };
}

function addresses(url: string): Pick<ExampleApp, 'url' | 'otherUrl'> {
  return { url, otherUrl: url.replace('localhost', '127.0.0.1') };
}
