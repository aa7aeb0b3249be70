import type { BackendUserJSON, SignInTokenJSON } from '@willcall/contract';
import { backendCaller, openBrowser, type Browser, type Send } from '../call.ts';
import type { Recorder } from '../record.ts';
import type { RunningServer } from '../../server.ts';

/** Where a chapter plays: the customer's server, and browsers on an allowed origin. */
export interface Scene {
  /** Calls the Backend API with the right secret key. */
  backend: Send;
  /** Calls it with a key that was never issued. */
  stranger: Send;
  openBrowser(): Browser;
  /** A page of the application, on an allowed origin. */
  page: string;
  password: string;
  /** Where the server answers. */
  url: string;
}

/** Codes sent to such an address are 424242 in development, and no mail leaves. */
export function testAddress(name: string): string {
  return `${name}+clerk_test@example.com`;
}

export const testCode = '424242';

export function setScene(server: RunningServer, backend: Recorder, frontend: Recorder): Scene {
  const origin = 'http://localhost:5173';
  return {
    backend: backendCaller(server.url, server.secretKey, backend),
    stranger: backendCaller(server.url, 'sk_test_never_issued_to_anybody', backend),
    openBrowser: () => openBrowser(server.url, origin, frontend),
    page: `${origin}/page`,
    password: 'a row of eleven seats',
    url: server.url,
  };
}

/** A user with a password and one verified test address. */
export function addUser(scene: Scene, name: string): Promise<BackendUserJSON> {
  const body = { email_address: [testAddress(name)], password: scene.password };
  return scene.backend<BackendUserJSON>('CreateUser', { body });
}

/** The secret of a fresh sign-in token. */
export async function issueTicket(scene: Scene, userId: string): Promise<string> {
  const body = { user_id: userId };
  const issued = await scene.backend<SignInTokenJSON>('CreateSignInToken', { body });
  if (!issued.token) throw new Error('The answer to issuing holds no ticket.');
  return issued.token;
}
