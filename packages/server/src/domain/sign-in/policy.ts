import type { Caller } from '../client/identify.ts';
import { connectionsOf } from '../enterprise/connection.ts';
import type { TicketTerms } from '../sign-in-token/sign-in-token.ts';
import { hasSecondFactor, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { Policy } from './next-step.ts';
import type { SignIn } from './sign-in.ts';

/** What was read before. */
interface Known {
  readonly token: TicketTerms | undefined;
  /** `false`: nobody has to sign in at a company. */
  readonly isAnyDomainTaken?: boolean | undefined;
}

/**
 * What this person must prove in this browser. Asked anew at every step: a factor that was
 * added or taken away meanwhile counts, and so does a changed setting.
 */
export async function readPolicy(
  world: World,
  caller: Caller,
  user: User,
  signIn: Pick<SignIn, 'firstFactor'>,
  { token, isAnyDomainTaken = true }: Known,
): Promise<Policy> {
  if (token?.actor !== undefined) return nothing;
  const asked = readAsked(world, token, signIn);
  // A token that names it asks for it even where the user has taken it away since.
  const isNamed = token?.stepUp === 'second_factor';
  const isSecondFactorNeeded = asked.has('second_factor') && (isNamed || hasSecondFactor(user));
  return {
    firstFactor: await readFirstFactor(world, user, { token, isAnyDomainTaken }),
    isSecondFactorNeeded,
    // A second factor proves more than the device would.
    isClientTrustNeeded:
      !isSecondFactorNeeded &&
      asked.has('client_trust') &&
      !(await isKnownDevice(world, caller, user.id)),
  };
}

/** An actor token is the operator's own proof. */
const nothing: Policy = {
  firstFactor: 'ticket',
  isSecondFactorNeeded: false,
  isClientTrustNeeded: false,
};

type StepUp = 'second_factor' | 'client_trust';

function readAsked(
  world: World,
  token: TicketTerms | undefined,
  signIn: Pick<SignIn, 'firstFactor'>,
): ReadonlySet<StepUp> {
  const { leastStepUp, isClientTrustAsked } = world.instance.settings;
  const asked = new Set<StepUp>();
  if (token) {
    for (const step of [token.stepUp ?? 'second_factor', leastStepUp])
      if (step !== 'none') asked.add(step);
    return asked;
  }
  asked.add('second_factor');
  // Whoever has just read a code in the person's mailbox would only do so again.
  if (isClientTrustAsked && signIn.firstFactor?.strategy === 'password') asked.add('client_trust');
  return asked;
}

/** Whoever belongs to a company signs in there, with or without a ticket. */
async function readFirstFactor(
  world: World,
  user: User,
  { token, isAnyDomainTaken }: Known,
): Promise<Policy['firstFactor']> {
  if (isAnyDomainTaken && (await connectionsOf(world, user)).length > 0) return 'enterprise_sso';
  if (token === undefined || world.instance.settings.isFirstFactorAskedBesideTickets) return 'any';
  return 'ticket';
}

/** Whether this sign-in asks by which device it comes, or a later one may. */
export function doDevicesCount(world: World, token: TicketTerms | undefined): boolean {
  const { isClientTrustAsked, leastStepUp } = world.instance.settings;
  return isClientTrustAsked || leastStepUp === 'client_trust' || token?.stepUp === 'client_trust';
}

/** Whether the person has proved this browser before. */
export async function isKnownDevice(
  world: World,
  caller: Caller,
  userId: string,
): Promise<boolean> {
  if (caller.deviceHash === undefined) return false;
  return world.store.knownDevices.has(userId, caller.deviceHash);
}
