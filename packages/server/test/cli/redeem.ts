import { request } from 'node:http';

/** What the Frontend API says to the ticket of a link. */
export interface Redeemed {
  readonly status: number;
  readonly body: {
    readonly response?: { readonly status: string; readonly created_session_id: string | null };
    readonly client?: { readonly sessions: readonly { readonly user: { readonly id: string } }[] };
    readonly errors?: readonly { readonly code: string }[];
  };
}

/**
 * Follows a sign-in link as its page does, by a POST with the ticket. `through` is the
 * address that is called instead, as by a proxy with TLS in front of the server.
 */
export async function redeemLink(link: string, through?: string): Promise<Redeemed> {
  const { origin, protocol, host, searchParams } = new URL(link);
  const body = new URLSearchParams({
    strategy: 'ticket',
    ticket: searchParams.get('__clerk_ticket') ?? '',
  });
  const answer = await send(new URL('/v1/client/sign_ins', through ?? origin), body.toString(), {
    host,
    origin,
    'x-forwarded-proto': protocol.slice(0, -1),
    'content-type': 'application/x-www-form-urlencoded',
  });
  return { status: answer.status, body: JSON.parse(answer.text) as Redeemed['body'] };
}

/** `fetch` cannot set a Host of its own. */
function send(
  url: URL,
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    call.once('error', reject).end(body);
  });
}
