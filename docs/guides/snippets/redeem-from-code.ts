import { createWillcall, WillcallError } from '@willcall/browser';

/** With a ticket that came in a way of its own, step by step. */
export async function signInByTicket(apiUrl: string, ticket: string): Promise<string> {
  const willcall = createWillcall({ apiUrl });
  try {
    const attempt = await willcall.signIn.create({ strategy: 'ticket', ticket });
    if (attempt.status !== 'complete' || !attempt.createdSessionId)
      return `More to do: ${attempt.status}`;

    await willcall.setActive({ session: attempt.createdSessionId });
    return `Signed in as ${willcall.user?.id}.`;
  } catch (error) {
    if (!(error instanceof WillcallError)) throw error;
    return error.code === 'sign_in_token_already_used_code' ? 'Ask for a new link.' : error.message;
  }
}
