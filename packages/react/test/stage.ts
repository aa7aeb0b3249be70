import type { Page } from 'playwright-core';
import { launchChromium } from '../../../tooling/chromium.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';
import { type PageStyles, serveApp } from './app-server.ts';

interface Issued {
  readonly id: string;
  readonly token: string;
}

/** A customer's app, a server and a browser. */
export interface Stage {
  readonly appUrl: string;
  /** Opens a page of the app, in a browser that nobody has used. */
  open(place: string): Promise<Page>;
  /** Calls the Backend API: a POST where there is a body. */
  call<Answer>(place: string, body?: object): Promise<Answer>;
  /** A ticket for a new user with this address. */
  issueFor(address: string): Promise<Issued & { readonly userId: string }>;
  close(): Promise<void>;
}

/**
 * @param settings of `willcall.config.json`
 * @param styles that pages of the app bring along
 * @param program the file that starts the app. Default: one with every component
 */
export async function setStage(
  settings: object = {},
  styles: PageStyles = {},
  program?: string,
): Promise<Stage> {
  const server = await startServer({ settings });
  const app = await serveApp(styles, program);
  const browser = await launchChromium();

  async function open(place: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(15_000);
    const url = new URL(place, app.url);
    url.searchParams.set('apiUrl', server.url);
    await page.goto(url.href);
    return page;
  }

  function call<Answer>(place: string, body?: object): Promise<Answer> {
    return callBackend(server, place, body);
  }

  async function issueFor(address: string) {
    const { id: userId } = await call<{ id: string }>('/users', { email_address: [address] });
    return { userId, ...(await call<Issued>('/sign_in_tokens', { user_id: userId })) };
  }

  async function close(): Promise<void> {
    await browser.close();
    app.stop();
    await server.stop();
  }
  return { appUrl: app.url, open, call, issueFor, close };
}

/** Calls the Backend API of a server: a POST where there is a body. */
export async function callBackend<Answer>(
  server: RunningServer,
  place: string,
  body?: object,
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${server.secret_key}`,
    'content-type': 'application/json',
  };
  const post = body && { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/v1${place}`, { headers, ...post });
  if (!answer.ok) throw new Error(`${place} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
