import type { Caller } from '../client/identify.ts';
import { newId } from '../id.ts';
import { Refusal, refuseField } from '../refusal.ts';
import { refuseSignedIn } from '../session/refuse-signed-in.ts';
import type { Presentation } from '../sign-in-token/question.ts';
import { isOpen } from '../sign-up/mode.ts';
import { isEmailAddress } from '../user/email-address.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { beginSignIn, type SignInProgress } from './advance.ts';
import { proveFactor } from './attempt-factor.ts';
import { beginClaim } from './begin-claim.ts';
import { sendFactor } from './prepare-factor.ts';
import { redeemAnyTicket } from './redeem-any.ts';
import type { FactorVerification } from './sign-in.ts';
import { factorsOf, firstFactor } from './stages.ts';
import type { StepInput } from './strategy.ts';

export interface SignInInput {
  readonly strategy?: string | undefined;
  readonly ticket?: string | undefined;
  /** How the ticket is presented. */
  readonly presentation?: Presentation | undefined;
  readonly identifier?: string | undefined;
  readonly password?: string | undefined;
  /** Whether whoever proves an address that nobody has goes on to a sign-up. */
  readonly signsUpIfMissing?: boolean | undefined;
  readonly enterpriseConnectionId?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly actionCompleteRedirectUrl?: string | undefined;
  readonly callbackUrl?: string | undefined;
  readonly findKnownBrowser?: StepInput['findKnownBrowser'];
}

/**
 * Starts a sign-in. A ticket is redeemed, with or without `strategy=ticket`: older SDKs
 * leave the word out. An identifier leads to its first factors; a password beside it is
 * tried at once; `email_code` beside it sends the code, `enterprise_sso` begins the visit.
 */
export async function createSignIn(
  world: World,
  caller: Caller,
  input: SignInInput,
): Promise<SignInProgress> {
  if (input.ticket || input.strategy === 'ticket') {
    if (!input.ticket)
      throw new Refusal('ticket_invalid_code', 'This link is not complete. Open all of it again.');
    return redeemAnyTicket(world, caller, input.ticket, input.presentation);
  }
  refuseUnknownStrategy(input);
  const { identifier } = input;
  if (identifier && (await isClaimed(world, identifier, input)))
    return beginClaim(world, caller, { ...input, identifier });
  const user = identifier ? await requireIdentified(world, identifier) : undefined;
  await refuseSignedIn(world, caller, user?.id);
  if (!user) return beginSignIn(world, caller, undefined, {});
  // What refuses comes before what is written: a wrong password leaves no attempt behind.
  const id = newId(world, 'sia');
  const first = await takeFirstStep(world, user, input, id);
  return beginSignIn(world, caller, user, { id, identifier, firstFactor: first });
}

/** Whether nobody may be told whether there is an account, or one is to be made where there is none. */
async function isClaimed(
  world: World,
  identifier: string,
  { signsUpIfMissing = false }: SignInInput,
): Promise<boolean> {
  if (world.instance.settings.isEnumerationProtected) return true;
  if (!signsUpIfMissing || !isOpen(world) || !isEmailAddress(identifier)) return false;
  return (await world.store.users.findByIdentifier(identifier)) === undefined;
}

/** The first factor where the call brings one: a password is proved, a code is sent. */
async function takeFirstStep(
  world: World,
  user: User,
  input: SignInInput,
  id: string,
): Promise<FactorVerification | undefined> {
  const { password, strategy, findKnownBrowser } = input;
  if (password)
    return proveFactor(world, firstFactor, user, undefined, { strategy: 'password', password });
  if (input.strategy === 'email_code')
    return sendFactor(world, firstFactor, user, { strategy: 'email_code', findKnownBrowser });
  if (strategy === 'enterprise_sso')
    return sendFactor(world, firstFactor, user, { ...input, strategy }, id);
  return undefined;
}

function refuseUnknownStrategy(input: SignInInput): void {
  const known = [undefined, '', 'password', 'email_code', 'enterprise_sso'];
  if (input.strategy === 'enterprise_sso' && !input.identifier) {
    throw refuseField(
      'form_param_missing',
      'identifier',
      'identifier is required: the e-mail address to sign in with.',
    );
  }
  if (known.includes(input.strategy)) return;
  throw refuseField(
    'form_param_value_invalid',
    'strategy',
    'This server does not start a sign-in with this strategy.',
  );
}

async function requireIdentified(world: World, identifier: string): Promise<User> {
  const user = await world.store.users.findByIdentifier(identifier);
  if (!user) {
    throw refuseField(
      'form_identifier_not_found',
      'identifier',
      'There is no account for this. Check it, or create one.',
    );
  }
  if ((await factorsOf(world, firstFactor, user)).length === 0) {
    throw new Refusal(
      'strategy_for_user_invalid',
      'This account has no way to sign in here. Ask for a sign-in link.',
    );
  }
  return user;
}
