import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The address of this machine that it comes from. */
  readonly localAddress?: string;
}

/** Sends something to auth.example.com at a proxy on a port of this machine; answers the status. */
export async function post(
  port: number,
  path: string,
  { headers, body, localAddress }: Post,
): Promise<number> {
  const asked = request({
    ...{ method: 'POST', host: '127.0.0.1', port, path, localAddress },
    headers: { ...headers, host: 'auth.example.com' },
    servername: 'auth.example.com',
    rejectUnauthorized: false,
  });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode ?? 0;
}
