import { WillcallTestingError } from './failure.ts';
import { actAndMaybeLeave } from './page/act.ts';
import type { PageGlobal } from './page/global.ts';
import { loaded, type PageOptions, waitForUser } from './page/wait.ts';

/**
 * Signs a page out, and returns when nobody is signed in on it. Does nothing where nobody is.
 *
 * @throws WillcallTestingError with a stable `code` and the `cause`
 */
export async function signOut(options: PageOptions): Promise<void> {
  await loaded(options);
  try {
    await actAndMaybeLeave(options.page, endSessions, undefined);
    await waitForUser(options, undefined);
  } catch (cause) {
    throw new WillcallTestingError(
      'sign_out_failed',
      'The page is not signed out. See the cause.',
      { cause },
    );
  }
}

/** Runs in the page. */
async function endSessions(): Promise<void> {
  await (globalThis as PageGlobal).Willcall?.signOut();
}
