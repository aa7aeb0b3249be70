import type { Caller } from '../client/identify.ts';
import { signUpCodeMail } from '../mail/messages.ts';
import { Refusal, refuseField } from '../refusal.ts';
import {
  codeAttempts,
  codeLifetime,
  hashCode,
  isFixedCodeAddress,
  newCode,
  provedCode,
} from '../verification/code.ts';
import { countCodeGuess, countMailedCode } from '../verification/count-code.ts';
import type { World } from '../world.ts';
import { completeIfReady } from './complete.ts';
import { overRefusal, requireSignUp, type SignUpProgress } from './fill.ts';
import { sendClaimedCode } from './send-claimed-code.ts';
import type { SignUp } from './sign-up.ts';

/** Sends the code that proves the e-mail address. A new code voids the one before. */
export async function prepareVerification(
  world: World,
  caller: Caller,
  id: string,
  strategy: string,
): Promise<SignUp> {
  refuseOtherStrategy(strategy);
  const signUp = await requireSignUp(world, caller, id);
  if (signUp.emailAddress === undefined) {
    throw refuseField('form_param_missing', 'email_address', 'Give an e-mail address first.');
  }
  if (signUp.isEmailAddressVerified) {
    throw new Refusal('verification_already_verified', 'This address is verified already.');
  }
  if (!isFixedCodeAddress(world, signUp.emailAddress))
    await countMailedCode(world, signUp.emailAddress);
  const { isEnumerationProtected } = world.instance.settings;
  const send = isEnumerationProtected ? sendClaimedCode : sendCode;
  const code = await send(world, signUp.emailAddress);
  const sent = {
    codeHash: hashCode(world, code),
    codeExpireAt: world.clock.now() + codeLifetime,
    attempts: 0,
  };
  // While the mail went out the address may have been changed: the code proves its own one alone.
  const updated = await world.store.signUps.update(id, (present) => {
    const isStillAsked =
      present.emailAddress === signUp.emailAddress && !present.isEmailAddressVerified;
    return isStillAsked ? sent : undefined;
  });
  if (!updated) throw overRefusal();
  return updated;
}

async function sendCode(world: World, emailAddress: string): Promise<string> {
  const code = newCode(world, emailAddress);
  if (!isFixedCodeAddress(world, emailAddress)) {
    await world.mailer.send(
      signUpCodeMail(world.instance.settings.applicationName, emailAddress, code),
    );
  }
  return code;
}

/** Proves the address with the code, and makes the account when nothing else is missing. */
export async function attemptVerification(
  world: World,
  caller: Caller,
  id: string,
  input: { strategy: string; code: string },
): Promise<SignUpProgress> {
  refuseOtherStrategy(input.strategy);
  const signUp = await requireSignUp(world, caller, id);
  if (signUp.codeHash === undefined)
    throw new Refusal('verification_missing', 'Ask for a code first.');
  await countCodeGuess(world, signUp.emailAddress ?? id);
  const counted = await world.store.signUps.countAttempt(id, codeAttempts);
  provedCode(
    world,
    { codeHash: signUp.codeHash, expireAt: signUp.codeExpireAt },
    input.code,
    counted !== undefined,
  );
  // The address may have been changed since it was read: the code proves its own one alone.
  const proved = await world.store.signUps.spendCode(id, signUp.codeHash);
  if (!proved) throw overRefusal();
  return completeIfReady(world, caller, proved);
}

function refuseOtherStrategy(strategy: string): void {
  if (strategy === 'email_code') return;
  throw refuseField(
    'form_param_value_invalid',
    'strategy',
    'E-mail addresses are verified with email_code here.',
  );
}
