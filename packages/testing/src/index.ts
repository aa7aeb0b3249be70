export type { ServerOptions } from './connection.ts';
export { WillcallTestingError, type WillcallTestingErrorCode } from './failure.ts';
export type { SignInParams } from './page/attempt.ts';
export { loaded, type PageOptions } from './page/wait.ts';
export { signIn, type SignInOptions } from './sign-in.ts';
export { signOut } from './sign-out.ts';
export { setupTestingToken, type TestingTokenOptions } from './testing-token.ts';
