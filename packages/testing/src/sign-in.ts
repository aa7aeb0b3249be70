import { askServer, type ServerOptions } from './connection.ts';
import { WillcallTestingError } from './failure.ts';
import { actAndMaybeLeave, currentUserId } from './page/act.ts';
import { attemptSignIn, type SignInParams } from './page/attempt.ts';
import type { PageGlobal } from './page/global.ts';
import { requireComplete } from './page/require-complete.ts';
import { loaded, type PageOptions, requireAppPage, waitForUser } from './page/wait.ts';
import { checkSignInParams } from './sign-in-params.ts';

/** By the e-mail address of a user, without any factor; or by what a person would carry or type. */
export type SignInOptions = PageOptions &
  ServerOptions &
  (
    | { readonly emailAddress: string; readonly signInParams?: undefined }
    | { readonly signInParams: SignInParams; readonly emailAddress?: undefined }
  );

/** How long the ticket lives that a helper issues. Seconds. */
const ticketSeconds = 300;

/** The code that a development instance takes for addresses with `+clerk_test`. */
const testCode = '424242';

/**
 * Signs a page in, and returns when `window.Willcall.user` is exactly this user. With
 * `emailAddress` it finds the user, issues a sign-in token and redeems its ticket in the page;
 * a page on which this user is signed in already stays as it is. Each call stands alone, so
 * that workers may run side by side.
 *
 * @throws WillcallTestingError with a stable `code` and the `cause`
 * @throws TypeError for wrong options
 */
export async function signIn(options: SignInOptions): Promise<void> {
  requireAppPage(options.page);
  if (options.signInParams !== undefined)
    return signInBy(options, checkSignInParams(options.signInParams));
  if (typeof options.emailAddress !== 'string' || options.emailAddress === '') {
    throw new TypeError('signIn takes emailAddress, a string that is not empty, or signInParams.');
  }
  const userId = await findUser(options, options.emailAddress);
  await loaded(options);
  if ((await currentUserId(options.page)) === userId) return;
  const ticket = await issueTicket(options, userId);
  await signInBy(options, { strategy: 'ticket', ticket }, userId);
}

async function findUser(server: ServerOptions, emailAddress: string): Promise<string> {
  const { data } = await askServer(server, (willcall) =>
    willcall.users.getUserList({ emailAddress }),
  );
  if (data[0]) return data[0].id;
  throw new WillcallTestingError(
    'user_not_found',
    `There is no user with the address ${emailAddress}. Create it before signing in.`,
  );
}

async function issueTicket(server: ServerOptions, userId: string): Promise<string> {
  const issued = await askServer(server, (willcall) =>
    willcall.signInTokens.createSignInToken({ userId, expiresInSeconds: ticketSeconds }),
  );
  return issued.token;
}

async function signInBy(
  options: PageOptions,
  params: SignInParams,
  knownUserId?: string,
): Promise<void> {
  await loaded(options);
  const outcome = await options.page.evaluate(attemptSignIn, { ...params, testCode });
  const { sessionId, userId } = requireComplete(outcome, params.strategy);
  try {
    await actAndMaybeLeave(options.page, activate, sessionId);
    await waitForUser(options, knownUserId ?? userId);
  } catch (cause) {
    const shown = await currentUserId(options.page).catch(() => undefined);
    throw new WillcallTestingError(
      'user_not_active',
      `The sign-in is complete, but the page shows ${shown ?? 'nobody'} instead of ${knownUserId ?? userId}.`,
      { cause },
    );
  }
}

/** Runs in the page. */
async function activate(session: string): Promise<void> {
  await (globalThis as PageGlobal).Willcall?.setActive({ session });
}
