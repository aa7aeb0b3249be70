import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** Whether anybody may make an account. */
export function isOpen({ instance }: World): boolean {
  return instance.settings.signUpMode === 'public';
}

/** Refuses somebody who comes without an invitation where the instance lets nobody else in. */
export function refuseClosed({ instance }: World): void {
  const { signUpMode } = instance.settings;
  if (signUpMode === 'restricted') {
    throw new Refusal(
      'sign_up_mode_restricted',
      'New accounts are made by invitation here. Ask for one.',
    );
  }
  if (signUpMode === 'waitlist') {
    throw new Refusal(
      'sign_up_restricted_waitlist',
      'New accounts are made by invitation here, and others wait. Ask for a place.',
    );
  }
}
