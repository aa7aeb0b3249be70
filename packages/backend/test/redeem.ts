/** A session that a browser on `origin` got by redeeming a ticket, over the wire that browsers speak. */
export interface Redeemed {
  readonly sessionId: string;
  readonly userId: string;
  /** A session token with `azp`. */
  readonly token: string;
  readonly clientId: string;
  /** The value of the client cookie. */
  readonly clientToken: string;
}

/** Redeems a ticket as a page on `origin` does. Throws what the server refused. */
export async function redeem(url: string, ticket: string, origin: string): Promise<Redeemed> {
  const answer = await fetch(`${url}/v1/client/sign_ins`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ strategy: 'ticket', ticket }),
  });
  const body = (await answer.json()) as Answer;
  const session = body.client?.sessions.find(({ id }) => id === body.response?.created_session_id);
  if (!session || !body.client) throw new Error(`Not redeemed: ${JSON.stringify(body)}`);
  return {
    sessionId: session.id,
    userId: session.user.id,
    token: session.last_active_token.jwt,
    clientId: body.client.id,
    clientToken: clientCookie(answer),
  };
}

function clientCookie(answer: Response): string {
  const cookie = answer.headers
    .getSetCookie()
    .findLast((each) => each.startsWith('__client_') && !each.startsWith('__client_uat'));
  return /=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
}

interface Answer {
  response: { created_session_id: string } | null;
  client: {
    id: string;
    sessions: { id: string; user: { id: string }; last_active_token: { jwt: string } }[];
  } | null;
}
