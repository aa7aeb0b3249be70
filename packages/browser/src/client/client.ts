import type { Session } from '../session/session.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { SignUp } from '../sign-up/sign-up.ts';

/** This browser, as the server knows it. */
export interface Client {
  /** `undefined` before the first sign-in. */
  readonly id: string | undefined;
  /** The live sessions. */
  readonly sessions: readonly Session[];
  /** The session that was used last in any tab. */
  readonly lastActiveSessionId: string | undefined;
  readonly signIn: SignIn;
  readonly signUp: SignUp;
}
