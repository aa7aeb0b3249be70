/*
 * A guard that nobody listed would be missed by no mutant. So the places that look like guards
 * are found in the files where a ticket goes: each stands in a mutant, or here with the reason
 * why none is needed.
 */

/** The files that a ticket goes through, below `packages/server/src`. */
export const ticketFiles: readonly string[] = [
  'domain/invitation/explain.ts',
  'domain/invitation/find.ts',
  'domain/invitation/redeem.ts',
  'domain/session/refuse-signed-in.ts',
  'domain/session/repeat-opening.ts',
  'domain/sign-in-token/continuation.ts',
  'domain/sign-in-token/explain.ts',
  'domain/sign-in-token/question.ts',
  'domain/sign-in-token/redeem.ts',
  'domain/sign-in-token/same-browser.ts',
  'domain/sign-up/invited.ts',
  'domain/user/refuse-unusable.ts',
  'http/hosted-link/confirm.ts',
  'http/hosted-link/cookie.ts',
  'http/hosted-link/routes.ts',
  'http/origin-check.ts',
  'store/invitations.ts',
  'store/session-openings.ts',
  'store/sign-in-tokens.ts',
];

const noRow = 'without the row nothing opens';
const judgedAgain = 'the statement that opens the session judges it too';
const reading = 'it chooses what is shown';

/** Places that need no mutant, by a part of their text, and why. */
export const passedOver: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'domain/invitation/find.ts': { "throw notFound('invitation')": noRow },
  'domain/invitation/redeem.ts': { 'refuseUnusable(user': judgedAgain },
  'domain/sign-in-token/explain.ts': {
    'refuseUnusable(holder': judgedAgain,
    'if (!held)\n    throw new Refusal': noRow,
  },
  'domain/sign-in-token/redeem.ts': {
    'if (!held) {\n    throw new Refusal': noRow,
  },
  'domain/sign-up/invited.ts': {
    'if (!invitation)\n    throw new Refusal': noRow,
    'refuseSpentInvitation(world, invitation, ticketGrace)': judgedAgain,
    'refuseFailedAcceptance(world, outcome, id)': judgedAgain,
  },
  'http/hosted-link/confirm.ts': {
    'refuseSpentInvitation(world, invitation)': judgedAgain,
    'refuseUnusable(holder': judgedAgain,
  },
  'store/invitations.ts': {
    'DELETE FROM invitations': 'it takes back what was written a moment ago and mailed to nobody',
    'SELECT id FROM invitations': 'who may be invited is no matter of a ticket',
    'if (pending && isUnique)': 'who may be invited is no matter of a ticket',
    "CASE WHEN status = 'pending'": reading,
  },
  'store/session-openings.ts': {
    "SET status = 'replaced'": 'it ends what lives, and nothing opens by it',
    'UPDATE sessions SET client_id': 'it moves what lives, and nothing opens by it',
  },
  'store/sign-in-tokens.ts': { 'const isExpiredSql': reading },
};

/** What a guard looks like: a refusal, a comparison of secrets, a condition of a statement. */
const looks: readonly RegExp[] = [
  /\bif \((?:(?!\bif \()[^;])*?\)\s*(?:return[^;]*;|\{)?\s*throw (?!error;)/g,
  /(?<!function |throw )\b(?:refuse[A-Z]\w*|require|equalHashes)\((?=[a-z])(?!\w+:)/g,
  /\b(?:WHERE|AND) (?:id = \? AND )?(?:COALESCE)?\(?(?:status|expires_at|is_banned|locked_until|password_updated_at)\b[^`"']*/g,
  /\(await tx\.run\([^;]*\) === 1|changed === \d/g,
];

/** Where guards seem to stand in a source: from and to. */
export function findSites(source: string): readonly (readonly [from: number, to: number])[] {
  return looks.flatMap((look) =>
    [...source.matchAll(look)].map(({ index, 0: text }) => [index, index + text.length] as const),
  );
}
