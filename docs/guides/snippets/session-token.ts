import { createWillcallClient } from '@willcall/backend';

/** A session token as a signed-in page would send it, for `Authorization: Bearer`. Development only. */
export async function sessionTokenOf(apiUrl: string, userId: string): Promise<string> {
  const { sessions } = createWillcallClient({ apiUrl });
  const session = await sessions.createSession({ userId });
  const { jwt } = await sessions.getToken(session.id);
  return jwt;
}
