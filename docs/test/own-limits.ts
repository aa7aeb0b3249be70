import { expect } from 'vitest';
import { post } from './post.ts';

let callers = 0;

/** Expects that limits count people by where they call a proxy from, whatever they write themselves. */
export async function expectLimitsByAddress(port: number): Promise<void> {
  // The limit is 50: were they believed, each of these would be alone at its address.
  const claims = Array.from({ length: 80 }, (_, at) => `192.0.2.${at + 1}`);
  const [one, other] = [newCaller(), newCaller()];
  const flood = await Promise.all(claims.map((claim) => redeemFrom(one, port, claim)));
  expect(new Set(flood)).toEqual(new Set([400, 429]));
  expect(await redeemFrom(other, port, one)).toBe(400);
}

/** An address of this machine from which nobody has called yet. */
function newCaller(): string {
  callers += 1;
  return `127.0.1.${callers}`;
}

/** The status of the answer to a ticket that nobody issued. */
function redeemFrom(localAddress: string, port: number, claim: string): Promise<number> {
  return post(port, '/v1/client/sign_ins', {
    localAddress,
    headers: {
      origin: 'https://auth.example.com',
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': claim,
    },
    body: 'strategy=ticket&ticket=nobody-issued-this-one',
  });
}
