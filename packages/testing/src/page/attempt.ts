import type { PageGlobal, PageOutcome } from './global.ts';

/** What a person would carry or type. */
export type SignInParams =
  | { readonly strategy: 'ticket'; readonly ticket: string }
  | { readonly strategy: 'password'; readonly identifier: string; readonly password: string }
  | { readonly strategy: 'email_code'; readonly identifier: string };

/**
 * Signs in up to the point where the session exists and is not active yet. Runs in the page.
 * A refusal is answered, since what is thrown in a page arrives outside as text alone.
 */
export async function attemptSignIn(
  params: SignInParams & { testCode: string },
): Promise<PageOutcome> {
  const willcall = (globalThis as PageGlobal).Willcall;
  const signIn = willcall?.client?.signIn;
  if (!signIn) throw new Error('window.Willcall is gone.');
  try {
    const { testCode, ...proof } = params;
    let attempt;
    if (proof.strategy === 'email_code') {
      const { strategy, identifier } = proof;
      await signIn.create({ identifier });
      await signIn.prepareFirstFactor({ strategy });
      attempt = await signIn.attemptFirstFactor({ strategy, code: testCode });
    } else {
      attempt = await signIn.create(proof);
    }
    const sessionId = attempt.createdSessionId;
    const session = willcall.client?.sessions.find(({ id }) => id === sessionId);
    return { status: attempt.status ?? 'none', sessionId, userId: session?.user.id };
  } catch (error) {
    const { code = 'unknown', message = String(error) } = error as {
      code?: string;
      message?: string;
    };
    return { refusal: { code, message } };
  }
}
