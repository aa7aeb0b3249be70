import type { ClerkClient } from '@clerk/backend';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../tooling/chromium.ts';
import { serveApp, type RunningApp } from './app/serve.ts';
import { openBackend } from './backend.ts';
import { startServer, type RunningServer } from './server.ts';

/** A server, an application with the official components, and a browser to look at it. */
export interface Stage {
  readonly server: RunningServer;
  readonly app: RunningApp;
  readonly clerk: ClerkClient;
  /** A browser of a person who never was here. */
  visit(): Promise<Visitor>;
  stop(): Promise<void>;
}

/** Somebody with a browser profile of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Closes the browser profile; refuses if a page asked for anything beyond this machine. */
  leave(): Promise<void>;
}

const machine = new Set(['localhost', '127.0.0.1']);

/**
 * Starts all three.
 *
 * @param settings what the configuration file of the server says
 */
export async function openStage(settings: object = {}): Promise<Stage> {
  const server = await startServer(settings);
  const app = await serveApp(server);
  const browser = await launchChromium();
  return {
    server,
    app,
    clerk: openBackend(server),
    visit: () => openVisitor(browser),
    async stop() {
      await browser.close();
      await app.stop();
      await server.stop();
    },
  };
}

async function openVisitor(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext();
  const foreign: string[] = [];
  await context.route(
    ({ hostname }) => !machine.has(hostname),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  return {
    context,
    page: await context.newPage(),
    async leave() {
      await context.close();
      if (foreign.length > 0) throw new Error(`A page asked for ${foreign.join(', ')}.`);
    },
  };
}
