import type { BackendUserJSON, ClientJSON, SignInJSON, SignInTokenJSON } from '@willcall/contract';
import type { Browser, PageAnswer } from './browser.ts';
import type { TestService } from './service.ts';

let count = 0;

/** A password that every instance takes. */
export const rightPassword = 'correct horse battery';

/** Creates a user with an address of its own, as the customer's server does. */
export async function createPerson(
  service: TestService,
  fields: object = {},
): Promise<BackendUserJSON> {
  count += 1;
  const given = { email_address: [`someone${count}@example.com`], ...fields };
  const { status, body } = await service.backend<BackendUserJSON>('POST', '/v1/users', given);
  if (status !== 200) throw new Error(`no user was created: ${JSON.stringify(body)}`);
  return body;
}

/** The primary address of a user. */
export function addressOf(user: BackendUserJSON): string {
  return user.email_addresses[0]?.email_address ?? '';
}

/** Issues a sign-in token that carries its ticket. */
export async function issueTicket(
  service: TestService,
  userId: string,
  fields: object = {},
): Promise<SignInTokenJSON & { token: string; url: string }> {
  const { body } = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
    user_id: userId,
    ...fields,
  });
  if (!body.token || !body.url) throw new Error(`no ticket was issued: ${JSON.stringify(body)}`);
  return { ...body, token: body.token, url: body.url };
}

/** Redeems a ticket in a browser. */
export function redeem(browser: Browser, ticket: string): Promise<PageAnswer<SignInJSON>> {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket });
}

/** A browser in which this user, or a new one, has just signed in by a ticket. */
export async function signInPerson(
  service: TestService,
  { user, browser = service.browser() }: { user?: BackendUserJSON; browser?: Browser } = {},
): Promise<{
  browser: Browser;
  user: BackendUserJSON;
  sessionId: string;
  jwt: string;
  client: ClientJSON;
}> {
  const person = user ?? (await createPerson(service));
  const { body } = await redeem(browser, (await issueTicket(service, person.id)).token);
  const session = body.client?.sessions.find(({ user: { id } }) => id === person.id);
  if (!session || !body.client) throw new Error(`nobody was signed in: ${JSON.stringify(body)}`);
  return {
    browser,
    user: person,
    sessionId: session.id,
    jwt: session.last_active_token?.jwt ?? '',
    client: body.client,
  };
}
