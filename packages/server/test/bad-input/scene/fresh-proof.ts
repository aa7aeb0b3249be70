import { signInPerson } from '../../people.ts';
import { cookieOf, once, type Stage } from './stage.ts';

/** Somebody who is signed in and proves again who they are: a code was sent. */
export function freshProofParts({ service, person }: Stage) {
  const proving = once(async () => {
    const signedIn = await signInPerson(service, { user: await person() });
    const at = `/v1/client/sessions/${signedIn.sessionId}/verify`;
    await signedIn.browser.post(at, { level: 'first_factor' });
    await signedIn.browser.post(`${at}/prepare_first_factor`, { strategy: 'email_code' });
    return signedIn;
  });
  return {
    provingSessionId: async () => (await proving()).sessionId,
    proving: async () => cookieOf((await proving()).browser),
  };
}
