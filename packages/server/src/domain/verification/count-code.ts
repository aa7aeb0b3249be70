import { requirePermit } from '../rate-limit/require-permit.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import type { World } from '../world.ts';

/** Milliseconds. */
const hour = 3_600_000;

const mailsAnHour = 10;
const guessesAnHour = 20;

/** Names the browser of a call, where its person has proved in it before to be themselves. */
export type FindKnownBrowser = () => Promise<string | undefined>;

/**
 * Counts a code that is to be mailed to this address, in however many attempts and from wherever
 * it is asked for, and whether or not anybody has the address. Throws `RateLimited`.
 *
 * @param kind codes for a new device are asked for by whoever knows the password: nobody else
 * can use them up
 */
export function countMailedCode(
  world: World,
  address: string,
  {
    kind = 'code',
    findBrowser,
  }: { kind?: 'code' | 'device code'; findBrowser?: FindKnownBrowser } = {},
): Promise<void> {
  return countWithinHour(
    world,
    `${kind} mailed to ${normalizeIdentifier(address)}`,
    mailsAnHour,
    findBrowser,
  );
}

/**
 * Counts a guess at a mailed code before it is compared, over all attempts and from wherever it
 * comes. Throws `RateLimited`: it locks nobody out, since anybody can have a code mailed and
 * guess at it, without knowing a secret.
 *
 * @param whose the id of the account; the address where no answer may tell whether it has one
 */
export function countCodeGuess(
  world: World,
  whose: string,
  findBrowser?: FindKnownBrowser,
): Promise<void> {
  return countWithinHour(
    world,
    `guess at a code of ${normalizeIdentifier(whose)}`,
    guessesAnHour,
    findBrowser,
  );
}

async function countWithinHour(
  { permits }: World,
  key: string,
  calls: number,
  findBrowser?: FindKnownBrowser,
): Promise<void> {
  const limit = { key, calls, window: hour };
  await requirePermit(permits, [limit], async () => {
    const browser = await findBrowser?.();
    return browser === undefined ? undefined : { ...limit, key: `${key} by ${browser}` };
  });
}
