import { type ClientJSON, type ErrorsJSON, urlParameters } from '@willcall/contract';
import { adoptClient } from '../client/adopt.ts';
import type { Page } from '../page/page.ts';
import { pageError, WillcallError, WillcallNetworkError } from './errors.ts';
import { wait } from './wait.ts';
import { toForm } from './wire.ts';

/** One call of the Frontend API. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The fields of the body, in camelCase. */
  readonly form?: object;
  /** How often it is sent again when the network fails. Default: 3 for GET, else 0. */
  readonly networkRetries?: number;
}

interface Answer {
  readonly response: Response;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Calls the server and answers the resource. The client that comes beside it becomes the
 * page's. A 401 means that this page's idea of who is signed in may be wrong: the server is
 * asked again before the refusal is thrown.
 *
 * @param note what to do with the resource before listeners learn of the client beside it. It
 *   answers what this page takes of that client instead.
 */
export async function send<Resource>(
  page: Page,
  call: Call,
  note?: (resource: NonNullable<Resource>) => Partial<ClientJSON>,
): Promise<Resource> {
  const { response, body } = await exchangeKnown(page, call);
  const resource = ('response' in body ? body['response'] : body) as Resource;
  const isDone = response.ok && !('errors' in body);
  const noted = isDone && resource ? note?.(resource) : undefined;
  const client = body['client'] ?? (body['meta'] as { client?: unknown } | undefined)?.client;
  if (client) adoptClient(page, { ...(client as ClientJSON), ...noted });
  if (isDone) return resource;
  if (response.status === 401 && page.loaded && call.path !== '/client') {
    await page.refetch().catch(() => {});
  }
  throw readError(response, body);
}

/** A dev browser that the server does not know, after a reset of its data, is replaced once. */
async function exchangeKnown(page: Page, call: Call): Promise<Answer> {
  const answer = await exchange(page, call);
  const { response, body } = answer;
  const { renewDevBrowser } = page;
  const isUnknown =
    renewDevBrowser && readError(response, body).code === 'dev_browser_unauthenticated';
  if (!isUnknown) return answer;
  await renewDevBrowser();
  return exchange(page, call);
}

async function exchange(page: Page, call: Call): Promise<Answer> {
  const { method = 'POST', networkRetries = method === 'GET' ? 3 : 0 } = call;
  const query = new URLSearchParams(call.query);
  if (method === 'PATCH' || method === 'DELETE') query.set(urlParameters.method, method);
  if (page.devBrowser) query.set(urlParameters.devBrowser, page.devBrowser);
  const url = `${page.apiUrl}/v1${call.path}${query.size ? `?${query}` : ''}`;
  const settings: RequestInit = {
    method: method === 'GET' ? 'GET' : 'POST',
    credentials: 'include',
    cache: 'no-store',
    // The server needs the page's origin, and nothing of its address.
    referrerPolicy: 'strict-origin',
    ...(method === 'GET' ? {} : { body: toForm(call.form ?? {}) }),
  };
  for (let tried = 0; ; tried += 1) {
    try {
      const response = await fetch(url, { ...settings, signal: AbortSignal.timeout(30_000) });
      return { response, body: parse(await response.text()) };
    } catch (error) {
      if (tried >= networkRetries) throw new WillcallNetworkError(error);
      await wait(150 * 3 ** tried);
    }
  }
}

/** What is no JSON is no answer of the server, whatever its status: a proxy's page, or an app's. */
function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return { errors: [] };
  }
}

function readError(response: Response, body: Answer['body']): WillcallError {
  const { errors, clerk_trace_id: traceId } = body as Partial<ErrorsJSON>;
  if (!errors?.[0]) return unreadable(response.status);
  const retryAfterSeconds = Number(response.headers.get('retry-after')) || undefined;
  return new WillcallError({ status: response.status, errors, traceId, retryAfterSeconds });
}

/** What came from where the server should be is none of its answers. */
export function unreadable(status: number): WillcallError {
  const message = `The server's answer is unreadable (HTTP ${status}).`;
  return pageError('answer_unreadable', message, status);
}
