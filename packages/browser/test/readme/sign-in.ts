import { WillcallError, type Willcall } from '@willcall/browser';

/** Answers what is left to do; `undefined` when the person is signed in and on the way to the desk. */
export async function signIn(
  willcall: Willcall,
  identifier: string,
  password: string,
): Promise<string | undefined> {
  try {
    const attempt = await willcall.signIn.create({ strategy: 'password', identifier, password });
    if (attempt.status !== 'complete' || !attempt.createdSessionId) return attempt.status;

    await willcall.setActive({
      session: attempt.createdSessionId,
      navigate: ({ decorateUrl }) => location.assign(decorateUrl('/desk')),
    });
    return undefined;
  } catch (error) {
    if (error instanceof WillcallError) return error.longMessage;
    throw error;
  }
}
