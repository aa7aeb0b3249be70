import type { SignIn } from '@willcall/browser';
import type { SignInStep } from './flow.ts';

type Progress = Pick<SignIn, 'status' | 'firstFactorVerification' | 'supportedSecondFactors'>;

/** The named step, or the one to go to instead: a reload or a typed address may come too early. */
export function reachableStep(signIn: Progress, named: string): SignInStep {
  // Back from an identity provider: the step itself reads how it went.
  if (named === 'sso-callback') return named;
  switch (signIn.status) {
    case 'needs_first_factor':
      return firstFactorStep(signIn, named);
    case 'needs_second_factor':
      return named === '' ? '' : secondFactorStep(signIn, named);
    case 'needs_client_trust':
      return named === '' ? '' : 'client-trust';
    case 'needs_new_password':
      return named === '' ? '' : 'new-password';
    case 'complete':
      // The page is about to be left: what the person sees stays until then.
      return isStep(named) ? named : '';
    default:
      return '';
  }
}

function firstFactorStep({ firstFactorVerification }: Progress, named: string): SignInStep {
  const sent = firstFactorVerification?.strategy;
  switch (named) {
    case '':
    case 'password':
    case 'methods':
      return named;
    case 'code':
      return sent === 'email_code' ? 'code' : 'methods';
    case 'reset-code':
      return sent === 'reset_password_email_code' ? 'reset-code' : 'methods';
    default:
      return '';
  }
}

function secondFactorStep({ supportedSecondFactors }: Progress, named: string): SignInStep {
  const strategies = supportedSecondFactors.map(({ strategy }) => strategy);
  const hasCodes = strategies.includes('backup_code');
  const isAsked = named === 'backup-code' || !strategies.includes('totp');
  return hasCodes && isAsked ? 'backup-code' : 'second-factor';
}

/** Does not compile when a step is missing. */
const steps: Readonly<Record<SignInStep, true>> = {
  '': true,
  password: true,
  code: true,
  methods: true,
  'reset-code': true,
  'new-password': true,
  'second-factor': true,
  'backup-code': true,
  'client-trust': true,
  'sso-callback': true,
};

function isStep(name: string): name is SignInStep {
  return Object.hasOwn(steps, name);
}
