export * from '../user/calls.ts';
export { keepFresh } from './keep-fresh.ts';
export { refreshWhileLive } from './refresh-token.ts';
export { signOut } from './sign-out.ts';
