import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../tooling/free-port.ts';
import { type Server, startDevelopment } from './server.ts';

/** A development server that keeps what it knows, at one address. */
export interface LastingServer {
  /** As it runs now. */
  readonly current: () => Server;
  /** Ends it without a warning. */
  kill(): Promise<void>;
  /** Starts it again on what it kept, so many days later by its clock than it ran before. */
  revive(daysLater?: number): Promise<void>;
  /** Ends it for good, and throws its data away. */
  stop(): Promise<void>;
}

/** Starts it in a folder of its own. */
export async function startLastingServer(): Promise<LastingServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-e2e-'));
  const port = await freePort();
  let days = 0;
  const start = () => startDevelopment(port, ['--data', folder], days);
  let server = await start();
  return {
    current: () => server,
    kill: () => server.kill(),
    async revive(daysLater = 0) {
      days += daysLater;
      server = await start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
