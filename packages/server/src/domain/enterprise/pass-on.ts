import type { Caller } from '../client/identify.ts';
import { hashSecret } from '../secret.ts';
import type { World } from '../world.ts';

/** The parameter in which a page of another site finds the provider's answer. */
const answerParameter = '__willcall_answer';

/**
 * In development a page of another site is known by its dev browser, which no navigation
 * carries. The address of that page with the provider's answer, for the page to hand in
 * itself: only its dev browser can end the visit. `undefined` where the answer came to the
 * right place.
 */
export async function passOnAnswer(
  world: World,
  { client }: Pick<Caller, 'client'>,
  { state, query }: { state: string; query: string },
): Promise<string | undefined> {
  if (world.instance.type !== 'development') return undefined;
  const visit = await world.store.enterpriseVisits.find(hashSecret(state));
  if (!visit) return undefined;
  const page = new URL(visit.redirectUrl);
  if (page.hostname === new URL(visit.callbackUrl).hostname) return undefined;
  const signIn = await world.store.signIns.find(visit.signInId);
  if (signIn?.clientId === client?.id) return undefined;
  page.searchParams.set(answerParameter, query);
  return page.href;
}
