import { Agent, request } from 'node:http';
import type { ErrorsJSON } from '@willcall/contract';

/** Servers of one instance, reached by sockets. One of them on SQLite; many on one PostgreSQL. */
export interface Servers {
  readonly urls: readonly string[];
  readonly secretKey: string;
}

/** What a server said. */
export interface Reply<Body> {
  readonly status: number;
  readonly body: Body;
  /** The code of the first error; `undefined` when it worked. */
  readonly code: string | undefined;
}

/** What the Frontend API says about an attempt. */
export interface Attempted {
  readonly response: {
    readonly id: string;
    readonly status: string;
    readonly created_session_id: string | null;
  };
}

/** One browser: it keeps its cookies, and goes to whichever server is next. */
export interface Visitor {
  get<Body = unknown>(path: string): Promise<Reply<Body>>;
  post<Body = Attempted>(
    path: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<Reply<Body>>;
  /** The same browser, with its cookies, before servers that came in the place of these. */
  moveTo(servers: Servers): Visitor;
}

// A new connection for each call would measure the kernel.
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

let next = 0;

function pick({ urls }: Servers): string {
  next += 1;
  return urls[next % urls.length] ?? '';
}

/** Opens a browser without cookies. */
export function openVisitor(servers: Servers, cookies = new Map<string, string>()): Visitor {
  const call = <Body>(method: string, path: string, form?: Readonly<Record<string, string>>) => {
    const url = pick(servers);
    return send<Body>(method, url + path, {
      cookies,
      headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
      body: form && new URLSearchParams(form).toString(),
    });
  };
  return {
    get: (path) => call('GET', path),
    post: (path, form = {}) => call('POST', path, form),
    moveTo: (others) => openVisitor(others, cookies),
  };
}

/** Calls the Backend API as the customer's server does. */
export function callBackend<Body>(
  servers: Servers,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Reply<Body>> {
  return send<Body>(method, pick(servers) + path, {
    headers: {
      authorization: `Bearer ${servers.secretKey}`,
      'content-type': 'application/json',
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

interface Call {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly cookies?: Map<string, string>;
}

/** Rejects where no whole answer came. */
function send<Body>(method: string, url: string, call: Call): Promise<Reply<Body>> {
  const { cookies, headers, body } = call;
  const cookie = [...(cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    const options = { method, agent, headers: { ...headers, ...(cookie && { cookie }) } };
    const sent = request(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('error', reject).once('end', () => {
        for (const line of answer.headers['set-cookie'] ?? []) keep(cookies, line);
        try {
          const parsed = (text === '' ? {} : JSON.parse(text)) as Body & Partial<ErrorsJSON>;
          const code = parsed.errors?.[0]?.code;
          resolve({ status: answer.statusCode ?? 0, body: parsed, code });
        } catch (error) {
          reject(new Error('the answer is no JSON', { cause: error }));
        }
      });
    });
    sent.once('error', reject).end(body);
  });
}

function keep(cookies: Map<string, string> | undefined, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  cookies?.set(pair.slice(0, at).trim(), pair.slice(at + 1));
}
