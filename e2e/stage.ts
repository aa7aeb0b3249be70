import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../tooling/chromium.ts';
import { type ExampleApp, serveExample } from './example-app.ts';
import { freePort } from '../tooling/free-port.ts';
import { type Server, startServer } from './server.ts';

/** What a story plays on. */
export interface Stage {
  readonly server: Server;
  /** The example app, which signs in at that server. */
  readonly app: ExampleApp;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** What a story plays on that needs no app. */
export type HostedStage = Omit<Stage, 'app'>;

/** Sets the stage of the hosted pages alone. */
export async function setHostedStage(): Promise<HostedStage> {
  const server = await startServer();
  const browser = await launchChromium();
  async function close(): Promise<void> {
    await browser.close();
    await server.stop();
  }
  return { server, browser, close };
}

/** Of `willcall.config.json`. */
type Settings = Readonly<Record<string, unknown>>;

/** Sets it, with the settings that a story needs; they may name pages of the app. */
export async function setStage(
  settings: Settings | ((app: ExampleApp) => Settings) = {},
): Promise<Stage> {
  const port = await freePort();
  const app = serveExample(`http://localhost:${port}`);
  const server =
    typeof settings === 'function'
      ? app.then((served) => startServerWith(port, settings(served)))
      : startServerWith(port, settings);
  const browser = launchChromium();
  async function close(): Promise<void> {
    const parts = await Promise.allSettled([app, server, browser]);
    const started = parts.filter((part) => part.status === 'fulfilled');
    await Promise.all(started.map(({ value }) => end(value)));
  }
  try {
    return { server: await server, app: await app, browser: await browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function end(part: ExampleApp | Server | Browser): Promise<void> {
  return 'stop' in part ? part.stop() : part.close();
}

/** The file is read at the start, and not needed any more. */
async function startServerWith(port: number, settings: Settings): Promise<Server> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-settings-'));
  const file = path.join(folder, 'willcall.config.json');
  try {
    await writeFile(file, JSON.stringify(settings));
    return await startServer(port, '--config', file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
