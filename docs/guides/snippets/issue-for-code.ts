import { createWillcallClient } from '@willcall/backend';

const willcall = createWillcallClient();

/** The ticket itself, for a page or an app that gets it in a way of its own. */
export async function ticketFor(userId: string): Promise<string> {
  const { token } = await willcall.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
  return token;
}
