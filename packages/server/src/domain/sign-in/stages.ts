import type { SignInStatus } from '@willcall/contract';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { SignIn } from './sign-in.ts';
import type { Factor, Strategy } from './strategy.ts';
import { backupCode } from './strategies/backup-code.ts';
import { deviceEmailCode } from './strategies/device-email-code.ts';
import { emailCode } from './strategies/email-code.ts';
import { enterpriseSso } from './strategies/enterprise-sso.ts';
import { password } from './strategies/password.ts';
import { resetPasswordEmailCode } from './strategies/reset-password-email-code.ts';
import { totp } from './strategies/totp.ts';

/** A place in a sign-in where something is proved. */
export interface Stage {
  /** The status in which it is proved. */
  readonly status: SignInStatus;
  /** Where its proof is kept in the attempt. */
  readonly proof: 'firstFactor' | 'secondFactor' | 'clientTrust';
  /** Every way to prove it. A new strategy is a file and a line in one of these lists. */
  readonly strategies: readonly Strategy[];
}

export const firstFactor: Stage = {
  status: 'needs_first_factor',
  proof: 'firstFactor',
  strategies: [password, emailCode, resetPasswordEmailCode, enterpriseSso],
};

export const secondFactor: Stage = {
  status: 'needs_second_factor',
  proof: 'secondFactor',
  strategies: [totp, backupCode],
};

export const clientTrust: Stage = {
  status: 'needs_client_trust',
  proof: 'clientTrust',
  strategies: [deviceEmailCode],
};

const stages: readonly Stage[] = [firstFactor, secondFactor, clientTrust];

/** The stage that an attempt of this status waits at; `undefined` where nothing is to be proved. */
export function stageOf(status: SignInStatus): Stage | undefined {
  return stages.find((stage) => stage.status === status);
}

/** Which of the stages after the first factor an attempt waits at; for one that is complete, ended with. */
export function secondStageOf({
  status,
  secondFactor: proved,
  clientTrust: trusted,
}: SignIn): Stage {
  if (status === 'needs_client_trust') return clientTrust;
  return status === 'complete' && !proved && trusted ? clientTrust : secondFactor;
}

/** What a user can choose from at a stage. Whoever belongs to a company has no way beside it. */
export async function factorsOf(
  world: World,
  stage: Stage,
  user: User,
): Promise<readonly Factor[]> {
  const found = await Promise.all(
    stage.strategies.map((strategy) => strategy.factors(world, user)),
  );
  return companyFirst(found.flat());
}

/** What everybody can choose from who gives this identifier, where no answer may tell whether there is an account. */
export async function claimedFactors(world: World, identifier: string): Promise<readonly Factor[]> {
  const found = await Promise.all(
    firstFactor.strategies.map(async ({ claim }) => claim?.factors(world, identifier) ?? []),
  );
  return companyFirst(found.flat());
}

function companyFirst(factors: readonly Factor[]): readonly Factor[] {
  const enterprise = factors.filter(({ strategy }) => strategy === enterpriseSso.name);
  return enterprise.length > 0 ? enterprise : factors;
}
