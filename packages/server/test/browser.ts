import type { ClientJSON, ErrorsJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';

/** What a call of the Frontend API answered. */
export interface PageAnswer<Resource> {
  readonly status: number;
  readonly body: {
    readonly response: Resource;
    readonly client: ClientJSON | null;
  } & Partial<ErrorsJSON>;
  /** The code of the first error; `undefined` when it worked. */
  readonly code: string | undefined;
  readonly location: string | undefined;
  readonly setCookies: readonly string[];
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
}

export interface PageCall {
  readonly headers?: Readonly<Record<string, string>>;
  /** The last moment's cookies are kept, but those of the answer are not: it got lost. */
  readonly isAnswerLost?: boolean;
}

/** A browser as far as the server can tell: forms, an origin, and cookies that it keeps. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get<Resource>(url: string, call?: PageCall): Promise<PageAnswer<Resource>>;
  post<Resource>(
    url: string,
    form?: Readonly<Record<string, string>>,
    call?: PageCall,
  ): Promise<PageAnswer<Resource>>;
}

/** Opens a browser without cookies on a page of `origin`. */
export function openBrowser(
  app: Pick<FastifyInstance, 'inject'>,
  host: string,
  origin: string,
): Browser {
  const cookies = new Map<string, string>();

  async function send<Resource>(
    method: 'GET' | 'POST',
    url: string,
    payload: string | undefined,
    { headers = {}, isAnswerLost = false }: PageCall,
  ): Promise<PageAnswer<Resource>> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await app.inject({
      method,
      url,
      headers: {
        host,
        ...(cookie ? { cookie } : {}),
        ...(method === 'GET' ? { referer: `${origin}/` } : { origin }),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const setCookies = [answer.headers['set-cookie'] ?? []].flat();
    if (!isAnswerLost) for (const line of setCookies) keep(cookies, line);
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    const body = (isJson ? answer.json() : {}) as PageAnswer<Resource>['body'];
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      body,
      code: body.errors?.[0]?.code,
      location: [location].flat()[0],
      setCookies,
      headers: answer.headers,
      text: answer.body,
    };
  }

  return {
    cookies,
    get: (url, call = {}) => send('GET', url, undefined, call),
    post: (url, form, call = {}) =>
      send('POST', url, form && new URLSearchParams(form).toString(), call),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
  if (isGone) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}
