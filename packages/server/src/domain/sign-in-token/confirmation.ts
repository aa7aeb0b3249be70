import type { World } from '../world.ts';
import type { Confirmation, SignInToken } from './sign-in-token.ts';

/**
 * Whether pages ask before this ticket signs somebody in: what the token says, else the
 * instance. By default a production instance asks those whom the browser does not know, and
 * a development instance nobody.
 */
export function confirmationOf(
  { instance }: Pick<World, 'instance'>,
  token: Pick<SignInToken, 'confirmation'> | undefined,
): Confirmation {
  const byType = instance.type === 'production' ? 'auto' : 'none';
  return token?.confirmation ?? instance.settings.confirmation ?? byType;
}
