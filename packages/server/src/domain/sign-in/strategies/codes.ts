import type { Mail } from '../../mail/mailer.ts';
import { Refusal, refuseField } from '../../refusal.ts';
import { hashCode, isFixedCodeAddress, newCode } from '../../verification/code.ts';
import {
  countCodeGuess,
  countMailedCode,
  type FindKnownBrowser,
} from '../../verification/count-code.ts';
import { provedCode } from '../../verification/code.ts';
import { isEmailAddress, normalizeIdentifier } from '../../user/email-address.ts';
import { maskEmailAddress } from '../../user/mask.ts';
import { emailAddressesOf, type Identification, nobodyId, type User } from '../../user/user.ts';
import { newSecret, type World } from '../../world.ts';
import { type Claim, claimedAddressId } from '../claim.ts';
import type { FactorVerification } from '../sign-in.ts';
import type { Factor, StepAttempt, StepInput } from '../strategy.ts';
import { codeAttempts, codeLifetime } from '../../verification/code.ts';

/** The user's verified addresses as factors of a strategy. */
export function emailFactors(strategy: string, user: User): readonly Factor[] {
  return verifiedAddresses(user).map((address) => ({
    strategy,
    emailAddressId: address.id,
    safeIdentifier: maskEmailAddress(address.value),
    isPrimary: address.id === user.primaryEmailAddressId,
  }));
}

/** The address that was typed as the factor of a strategy, whoever has it; none for what is no address. */
export function claimedEmailFactors(
  world: World,
  strategy: string,
  identifier: string,
): readonly Factor[] {
  if (!isEmailAddress(identifier)) return [];
  const emailAddressId = claimedAddressId(world, identifier);
  const safeIdentifier = maskEmailAddress(identifier.trim());
  return [{ strategy, emailAddressId, safeIdentifier, isPrimary: true }];
}

/** Sends a code to the address that the step names, or to the primary one. */
export async function sendCode(
  world: World,
  user: User,
  input: StepInput,
  writeMail: WriteCodeMail,
  kind: 'code' | 'device code' = 'code',
): Promise<FactorVerification> {
  const addresses = verifiedAddresses(user);
  const address =
    input.emailAddressId === undefined
      ? addresses[0]
      : addresses.find((each) => each.id === input.emailAddressId);
  if (!address) throw unofferedAddress();
  const code = newCode(world, address.value);
  if (!isFixedCodeAddress(world, address.value)) {
    const findBrowser = knownBrowserOf(input, user.id);
    await countMailedCode(world, address.value, { kind, findBrowser });
    await world.mailer.send(
      writeMail(world.instance.settings.applicationName, address.value, code),
    );
  }
  return {
    strategy: input.strategy,
    status: 'unverified',
    codeHash: hashCode(world, code),
    emailAddressId: address.id,
    expireAt: world.clock.now() + codeLifetime,
  };
}

/**
 * Does as {@link sendCode} does for the address that was typed. Nobody is mailed who does not
 * hold the claim, and no code is right then; nobody waits for the mail.
 *
 * @param writeSignUpMail for whoever goes on to a sign-up, where the strategy serves that
 */
export async function sendClaimedCode(
  world: World,
  { identifier, holder, isForSignUp }: Claim,
  input: StepInput,
  writeMail: WriteCodeMail,
  writeSignUpMail?: WriteCodeMail,
): Promise<FactorVerification> {
  const emailAddressId = claimedAddressId(world, identifier);
  if (input.emailAddressId !== undefined && input.emailAddressId !== emailAddressId)
    throw unofferedAddress();
  if (!isFixedCodeAddress(world, identifier))
    await countMailedCode(world, identifier, { findBrowser: knownBrowserOf(input, holder?.id) });
  const address =
    holder && verifiedAddresses(holder).find(({ value }) => isSameAddress(value, identifier));
  const code = newCode(world, identifier);
  const write = isForSignUp ? writeSignUpMail : writeMail;
  const to = isForSignUp && writeSignUpMail ? identifier.trim() : address?.value;
  if (write && to !== undefined && !isFixedCodeAddress(world, identifier))
    world.mailer.post(write(world.instance.settings.applicationName, to, code));
  return {
    strategy: input.strategy,
    status: 'unverified',
    codeHash: hashCode(world, to === undefined ? newSecret(world) : code),
    emailAddressId,
    expireAt: world.clock.now() + codeLifetime,
  };
}

/** Counts a guess at a code of this account, over all its attempts. */
export function countGuessOf(world: World, user: User, input: StepInput): Promise<void> {
  return countCodeGuess(world, user.id, knownBrowserOf(input, user.id));
}

/** Counts a guess at a code of the address that was typed: the same whoever has it, over all attempts. */
export function countGuessOfClaim(
  world: World,
  { identifier, holder }: Claim,
  input: StepInput,
): Promise<void> {
  return countCodeGuess(world, identifier, knownBrowserOf(input, holder?.id));
}

/** Looks for nobody as for somebody: the time of a refusal tells nothing. */
function knownBrowserOf({ findKnownBrowser }: StepInput, userId = nobodyId): FindKnownBrowser {
  return async () => findKnownBrowser?.(userId);
}

type WriteCodeMail = (applicationName: string, to: string, code: string) => Mail;

function verifiedAddresses(user: User): readonly Identification[] {
  return emailAddressesOf(user).filter((address) => address.isVerified);
}

function isSameAddress(one: string, other: string): boolean {
  return normalizeIdentifier(one) === normalizeIdentifier(other);
}

function unofferedAddress(): Refusal {
  return refuseField(
    'form_param_value_invalid',
    'email_address_id',
    'Choose one of the addresses offered.',
  );
}

/**
 * Compares the code of a step with the one that was sent; each try is counted first.
 *
 * @param countBeside counts it beyond this attempt: for new codes there are new attempts
 */
export async function proveCode(
  world: World,
  attempt: StepAttempt | undefined,
  input: StepInput,
  countBeside: () => Promise<unknown>,
): Promise<void> {
  const sent = attempt?.sent;
  if (!attempt || sent?.strategy !== input.strategy || sent.codeHash === undefined) {
    throw new Refusal('verification_missing', 'Ask for a code first.');
  }
  if (!input.code)
    throw refuseField('form_param_missing', 'code', 'Write the code from the e-mail.');
  await countBeside();
  const counted = await attempt.countTry(codeAttempts);
  provedCode(world, { ...sent, codeHash: sent.codeHash }, input.code, counted !== undefined);
}

/** Counts a try in an attempt for which nothing was sent; refuses when none is left. */
export async function requireTry(attempt: StepAttempt | undefined): Promise<void> {
  const counted = attempt && (await attempt.countTry(codeAttempts));
  if (!counted) throw new Refusal('verification_failed', 'Too many wrong codes. Start again.');
}
