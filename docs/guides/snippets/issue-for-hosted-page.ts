import { createWillcallClient } from '@willcall/backend';

const appUrl = process.env.APP_URL ?? 'http://localhost:5173';
const willcall = createWillcallClient();

/** The link to send: it leads to the hosted page, and from there to your app. */
export async function linkToHostedPage(userId: string): Promise<string> {
  const { url } = await willcall.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 600,
    redirectUrl: `${appUrl}/inbox`,
  });
  return url;
}
