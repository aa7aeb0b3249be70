import type { SignInTokenDetailsJSON, SignInTokenJSON } from '@willcall/contract';
import { type Attempted, callBackend, openVisitor, type Reply, type Servers } from './servers.ts';

let people = 0;

/** Makes a user; answers the id. */
export async function makeUser(servers: Servers, fields: object = {}): Promise<string> {
  people += 1;
  const { body } = await callBackend<{ id: string }>(servers, 'POST', '/v1/users', {
    email_address: [`racer${people}@example.com`],
    ...fields,
  });
  return body.id;
}

/** A ticket and the id of its record. */
export interface RaceTicket {
  readonly id: string;
  readonly ticket: string;
}

/** Issues as many tickets for a user. */
export async function issueTickets(
  servers: Servers,
  userId: string,
  count: number,
  issue: { readonly path: string; readonly fields?: object } = { path: '/v1/sign_in_tokens' },
): Promise<readonly RaceTicket[]> {
  const issued: RaceTicket[] = [];
  while (issued.length < count) {
    const some = Math.min(25, count - issued.length);
    const calls = Array.from({ length: some }, () =>
      callBackend<SignInTokenJSON>(servers, 'POST', issue.path, {
        user_id: userId,
        ...issue.fields,
      }),
    );
    for (const { body } of await Promise.all(calls))
      issued.push({ id: body.id, ticket: body.token ?? 'none was issued' });
  }
  return issued;
}

/** Redeems a ticket, as a browser that nobody knows unless one is given. */
export function redeemBy(
  servers: Servers,
  ticket: string,
  visitor = openVisitor(servers),
): Promise<Reply<Attempted>> {
  return visitor.post('/v1/client/sign_ins', { strategy: 'ticket', ticket });
}

/** Lets that many callers do the same at once. */
export function atOnce<Result>(
  callers: number,
  call: (at: number) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(Array.from({ length: callers }, (_, at) => call(at)));
}

/** The sessions that were opened, each named once. */
export function sessionsIn(replies: readonly Reply<Attempted>[]): readonly string[] {
  const opened = replies.flatMap(({ status, body }) =>
    status === 200 && body.response.status === 'complete'
      ? [body.response.created_session_id ?? 'none']
      : [],
  );
  return [...new Set(opened)];
}

/** The statuses and codes of those who opened nothing, each named once. */
export function refusalsIn(replies: readonly Reply<unknown>[]): readonly string[] {
  const refused = replies.filter(({ status }) => status !== 200);
  return [
    ...new Set(refused.map(({ status, code }) => `${status} ${code ?? 'no code'}`)),
  ].toSorted();
}

/** What the server says about a ticket. */
export async function detailsOf(servers: Servers, id: string): Promise<SignInTokenDetailsJSON> {
  const path = `/v1/sign_in_tokens/${id}`;
  return (await callBackend<SignInTokenDetailsJSON>(servers, 'GET', path)).body;
}

/** How many sessions of a user were ever opened; counts to 500. */
export async function countSessions(servers: Servers, userId: string): Promise<number> {
  const path = `/v1/sessions?user_id=${userId}&limit=500`;
  return (await callBackend<unknown[]>(servers, 'GET', path)).body.length;
}
