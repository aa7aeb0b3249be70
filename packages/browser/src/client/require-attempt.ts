import type { Page } from '../page/page.ts';
import { pageError } from '../request/errors.ts';

/**
 * The page's attempt, where it is still the one that a step is about. Else another tab went on
 * meanwhile, or this page has forgotten it: no mistake of a programmer, so it is refused with the
 * code that the server has for an attempt which is over.
 */
export function requireAttempt<Name extends 'signIn' | 'signUp'>(
  page: Page,
  name: Name,
  expected: Page[Name] | null = page[name],
): NonNullable<Page[Name]> {
  const attempt = page[name];
  if (attempt && attempt.id === expected?.id) return attempt;
  throw pageError(
    `sign_${name === 'signIn' ? 'in' : 'up'}_step_invalid`,
    'Nothing is under way, or another tab has ended it. Start again.',
  );
}
