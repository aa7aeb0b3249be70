import { startServer } from '../../../tooling/development-server.ts';

/** A development server from source, as a customer's server sees it. */
export interface CalledServer {
  readonly url: string;
  /** Calls the Backend API and answers the body. */
  call<Body>(method: string, path: string, body?: object): Promise<Body>;
  stop(): Promise<void>;
}

/** Starts it, with these settings of `willcall.config.json`. */
export async function startCalledServer(settings: object = {}): Promise<CalledServer> {
  const { url, secret_key: key, stop } = await startServer({ settings });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  async function call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await fetch(`${url}/v1${path}`, { method, headers, body: sent });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Body;
  }
  return { url, call, stop };
}
