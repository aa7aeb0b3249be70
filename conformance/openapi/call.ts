import type { Call } from './compare-request.ts';
import type { Recorder } from './record.ts';

/** Sends one call of a listed operation and gives its parsed body; refuses another status. */
export type Send = <Body>(operationId: string, call?: Call, status?: number) => Promise<Body>;

/** Calls the Backend API as a customer's server does: JSON and the secret key. */
export function backendCaller(url: string, secretKey: string, recorder: Recorder): Send {
  return async <Body>(operationId: string, call: Call = {}, status = 200) => {
    const { method, path } = published(recorder, operationId);
    const answer = await fetch(address(`${url}/v1${path}`, call), {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      ...(call.body && { body: JSON.stringify(call.body) }),
    });
    return read<Body>(recorder, operationId, call, answer, status);
  };
}

/** A browser as far as the Frontend API can tell: an origin and its cookies. */
export interface Browser {
  send: Send;
  readonly cookies: Map<string, string>;
}

/**
 * Calls the Frontend API as a page of `origin` does: form-encoded, every verb but GET
 * tunnelled through POST, cookies kept.
 */
export function openBrowser(url: string, origin: string, recorder: Recorder): Browser {
  const cookies = new Map<string, string>();
  const send = async <Body>(operationId: string, call: Call = {}, status = 200) => {
    const { method, path } = published(recorder, operationId);
    const target = address(url + path, call);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const isRead = method === 'GET';
    if (!isRead && method !== 'POST') target.searchParams.set('_method', method);
    const answer = await fetch(target, {
      method: isRead ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie, ...(isRead ? { referer: `${origin}/` } : { origin }) },
      ...(!isRead && { body: new URLSearchParams((call.body ?? {}) as Record<string, string>) }),
    });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    return read<Body>(recorder, operationId, call, answer, status);
  };
  return { send, cookies };
}

function published(recorder: Recorder, operationId: string): { method: string; path: string } {
  const operation = recorder.facts.operations[operationId];
  if (!operation) throw new TypeError(`The facts hold no operation ${operationId}.`);
  return operation;
}

function address(template: string, call: Call): URL {
  const target = new URL(template.replace(/\{(\w+)\}/g, (_all, name: string) => part(call, name)));
  for (const [name, value] of Object.entries(call.query ?? {})) {
    target.searchParams.set(name, value);
  }
  return target;
}

function part({ path }: Call, name: string): string {
  const value = path?.[name];
  if (value === undefined) throw new TypeError(`The path needs a value for ${name}.`);
  return encodeURIComponent(value);
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const [name = '', ...value] = pair.split('=');
  const isGone = attributes.some((each) => /^\s*max-age=0$/i.test(each)) || value.join('=') === '';
  if (isGone) cookies.delete(name.trim());
  else cookies.set(name.trim(), value.join('='));
}

async function read<Body>(
  recorder: Recorder,
  operationId: string,
  call: Call,
  answer: Response,
  status: number,
): Promise<Body> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  recorder.add(operationId, call, { status: answer.status, body });
  if (answer.status !== status) {
    throw new Error(
      `${operationId} answered ${answer.status}, not ${status}: ${text.slice(0, 600)}`,
    );
  }
  return body as Body;
}
