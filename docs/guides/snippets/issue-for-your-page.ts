import { createWillcallClient } from '@willcall/backend';

const appUrl = process.env.APP_URL ?? 'http://localhost:5173';
const willcall = createWillcallClient();

/** The link to send: it leads to the page of your app that redeems the ticket. */
export async function linkToYourPage(userId: string): Promise<string> {
  const { url } = await willcall.signInTokens.createSignInToken({
    userId,
    expiresInSeconds: 600,
    signInUrl: `${appUrl}/sign-in`,
    redirectUrl: `${appUrl}/inbox`,
  });
  return url;
}
