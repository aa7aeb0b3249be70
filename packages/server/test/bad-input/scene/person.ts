import type { ActorTokenJSON } from '@willcall/contract';
import { createHash } from 'node:crypto';
import type { Browser } from '../../browser.ts';
import { addressOf, createPerson, issueTicket } from '../../people.ts';
import { appOrigin } from '../../service.ts';
import { cookieOf, once, type Stage } from './stage.ts';

/** Somebody who is signed in, somebody else, and the tokens of both. */
export function personParts({ service, person, signedIn }: Stage) {
  const ticket = once(async () => issueTicket(service, (await person()).id));
  const stranger = once(() => createPerson(service));
  const handover = once(async () => startHandover((await signedIn()).browser));
  return {
    userId: async () => (await person()).id,
    address: async () => addressOf(await person()),
    addressId: async () => (await person()).primary_email_address_id ?? '',
    strangerId: async () => (await stranger()).id,
    sessionId: async () => (await signedIn()).sessionId,
    sessionToken: async () => (await signedIn()).jwt,
    clientId: async () => (await signedIn()).client.id,
    clientToken: async () => clientTokenOf((await signedIn()).browser),
    tokenId: async () => (await ticket()).id,
    ticket: async () => (await ticket()).token,
    async actorTokenId() {
      const fields = { user_id: (await person()).id, actor: { sub: (await stranger()).id } };
      return (await service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', fields)).body.id;
    },
    nonce: async () => startHandshake((await signedIn()).browser),
    handoverCode: async () => (await handover()).code,
    handoverVerifier: async () => (await handover()).verifier,
    signedIn: async () => cookieOf((await signedIn()).browser),
  };
}

async function startHandshake(browser: Browser): Promise<string> {
  const { location } = await browser.get(
    `/v1/client/handshake?redirect_url=${encodeURIComponent(`${appOrigin}/`)}`,
  );
  return new URL(location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
}

async function startHandover(browser: Browser): Promise<{ code: string; verifier: string }> {
  const verifier = 'v'.repeat(43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({ redirect_url: `${appOrigin}/`, code_challenge: challenge });
  const { location } = await browser.get(`/v1/client/handover?${query.toString()}`);
  return {
    code: new URL(location ?? '').searchParams.get('__willcall_handover') ?? '',
    verifier,
  };
}

function clientTokenOf({ cookies }: Browser): string {
  return [...cookies].find(([name]) => name.startsWith('__client'))?.[1] ?? '';
}
