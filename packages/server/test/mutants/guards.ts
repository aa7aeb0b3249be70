import type { TakenOut } from '../../../../tooling/test/take-out.ts';
import { guardsOfInvitations } from './guards-of-invitations.ts';

/** A guard of a guarantee, and the test that misses it. */
export interface Guard extends TakenOut {
  /** What it makes sure of. */
  readonly name: string;
  /** The file of the test, below `packages/server/test`, and how its name goes. */
  readonly missedBy: readonly [file: string, test: string];
  /** Of which project the test is. Default: `unit`. */
  readonly project?: 'postgres';
}

/** The guards that make the guarantees of tickets; the first of each list stands for it in `npm test`. */
export const guards: Readonly<Record<string, readonly Guard[]>> = {
  'a ticket opens one session': [
    {
      name: 'the consuming statement judges the status',
      file: 'store/sign-in-tokens.ts',
      text: "WHERE id = ? AND status = 'pending' AND expires_at > ?`,",
      by: 'WHERE id = ? AND expires_at > ?`,',
      missedBy: ['redeem', 'opens exactly one session when 64 browsers come at once'],
    },
    {
      name: 'whoever changed no row has lost',
      file: 'store/session-openings.ts',
      text: 'step.otherwise !== undefined && changed !== 1',
      by: 'step.otherwise !== undefined && changed > 1',
      missedBy: ['redeem', 'opens exactly one session when 64 browsers come at once'],
    },
    {
      name: 'whoever changed no row has lost where all is one statement',
      file: 'store/postgres-together.ts',
      text: '<> ${rows} THEN',
      by: '> ${rows} THEN',
      missedBy: ['redeem', 'opens exactly one session when 64 browsers come at once'],
      project: 'postgres',
    },
    {
      name: 'what is used cannot be revoked as well',
      file: 'store/sign-in-tokens.ts',
      text: "WHERE id = ? AND status = 'pending'\"",
      by: 'WHERE id = ?"',
      missedBy: ['backend-api', 'is revoked once, and not when it is used'],
    },
    {
      name: 'a sign-in that ended opens no second session',
      file: 'store/session-openings.ts',
      text: "WHERE id = ? AND status <> 'complete' AND abandon_at > ?`;\n    return { sql,",
      by: 'WHERE id = ? AND abandon_at > ?`;\n    return { sql,',
      missedBy: ['during-a-step', 'a mailed code sent twice at once opens one session'],
    },
    {
      name: 'an attempt that began with a ticket is told what became of it',
      file: 'domain/sign-in/claim.ts',
      text: '  if (ticketId !== undefined) return false;\n',
      by: '',
      missedBy: [
        'state-machine/walk',
        'walking at random over HTTP meets what the model expects, 40 times',
      ],
    },
    {
      name: 'the secret of a ticket is compared',
      file: 'domain/sign-in-token/redeem.ts',
      text: '&& equalHashes(held.token.secretHash, credential.secretHash)',
      by: '',
      missedBy: ['redeem', 'of a right id with a wrong secret is the same as of no ticket'],
    },
    {
      name: 'no session opens without the ticket',
      file: 'store/sign-in-tokens.ts',
      text: "    otherwise: 'token_not_pending',\n",
      by: '',
      missedBy: ['redeem', 'opens exactly one session when 64 browsers come at once'],
    },
    {
      name: 'no session opens for an attempt that ended',
      file: 'store/session-openings.ts',
      text: "const otherwise = 'attempt_not_open';",
      by: 'const otherwise = undefined;',
      missedBy: ['during-a-step', 'a mailed code sent twice at once opens one session'],
    },
    {
      name: 'a used ticket says so',
      file: 'domain/sign-in-token/explain.ts',
      text: "if (token.status === 'accepted') {",
      by: "if (token.id === '') {",
      missedBy: ['redeem', 'works once: another browser is told that it was used'],
    },
    {
      name: 'whoever lost a race is told why',
      file: 'domain/sign-in-token/explain.ts',
      text: 'refuseSpent(token, world.clock.now(), ticketGrace);',
      by: '',
      missedBy: ['redeem', 'opens exactly one session when 64 browsers come at once'],
    },
    {
      name: 'of many, those alone are revoked that are pending',
      file: 'store/sign-in-tokens.ts',
      // The statement says it twice: for those that it looks for, and for those that it finds.
      text: "filterTokens({ ...filter, status: 'pending' });\n        const found = `SELECT id FROM sign_in_tokens WHERE ${where.sql} LIMIT ?`;\n        const sql = `UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE status = 'pending' AND id",
      by: "filterTokens(filter);\n        const found = `SELECT id FROM sign_in_tokens WHERE ${where.sql} LIMIT ?`;\n        const sql = `UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE id",
      missedBy: ['issuing', 'ends the pending tokens of one user, once, and no others'],
    },
  ],
  'an acknowledged redemption lasts': [
    {
      name: 'each commit is synced',
      file: 'store/sqlite-engine.ts',
      text: 'PRAGMA synchronous = FULL;',
      by: 'PRAGMA synchronous = OFF;',
      missedBy: [
        'exactly-once/power-loss',
        'each commit is synced before it is acknowledged, and its log reaches as far',
      ],
    },
    {
      name: 'what is not committed is not seen',
      file: 'store/sqlite-engine.ts',
      text: 'writing.isTransaction ? beside : transaction',
      by: 'writing.isTransaction ? transaction : transaction',
      missedBy: ['store', 'are not seen before they are committed'],
    },
  ],
  'a lost answer is repeated to its own browser alone': [
    {
      name: 'it is asked whose browser it is',
      file: 'domain/session/repeat-opening.ts',
      text: ' || !isSameBrowser(caller, client, now)',
      by: '',
      missedBy: [
        'exactly-once/retry',
        'another browser never gets it: without cookies, with its own, or between two tries',
      ],
    },
    {
      name: 'for a minute',
      file: 'domain/session/repeat-opening.ts',
      text: ' || now - session.createdAt > repeatWindow',
      by: '',
      missedBy: [
        'exactly-once/retry',
        'a reload after the minute is told that the ticket was used, and stays signed in',
      ],
    },
    {
      name: 'while the session lives',
      file: 'domain/session/repeat-opening.ts',
      text: ' || !isLive(session, now)',
      by: '',
      missedBy: ['redeem', 'is used for its own browser after signing out'],
    },
    {
      name: 'by ticket and former cookie where a ticket alone opened it',
      file: 'domain/sign-in-token/explain.ts',
      text: 'return holdsClient || isByTicketAlone(signIn) ?',
      by: 'return holdsClient || opened ?',
      missedBy: [
        'redeem',
        'is not repeated by ticket and former cookie alone, but by the code that proved it',
      ],
    },
    {
      name: 'the secret of the former browser is compared',
      file: 'domain/session/repeat-opening.ts',
      text: '&& equalHashes(client.formerSecretHash, caller.presentedHash)',
      by: '',
      missedBy: [
        'exactly-once/retry',
        'another browser never gets it: without cookies, with its own, or between two tries',
      ],
    },
  ],
  'a step consumes nothing before its session opens': [
    {
      name: 'a user who was banned or locked meanwhile is refused by the statement',
      file: 'store/session-openings.ts',
      text: "    otherwise: 'user_not_usable',\n",
      by: '',
      missedBy: [
        'openings',
        'a ticket whose user was banned after the checks opens nothing: user_not_usable',
      ],
    },
    {
      name: 'what more must be read is no single statement: a membership',
      file: 'store/session-openings.ts',
      text: 'session.organizationId === undefined &&',
      by: '',
      missedBy: ['organizations', 'is left out where the membership went before the ticket came'],
      project: 'postgres',
    },
    {
      name: 'what more must be written is no single statement: the sessions of the former client',
      file: 'store/session-openings.ts',
      text: 'opening.formerClientId === undefined &&',
      by: '',
      missedBy: ['frontend-api', 'lives beside others where a browser may hold several'],
      project: 'postgres',
    },
    {
      name: 'a ticket that expired longer ago than the grace is refused',
      file: 'domain/sign-in-token/explain.ts',
      text: 'if (token.expiresAt + lateBy <= now) {',
      by: 'if (token.expiresAt < 0) {',
      missedBy: ['during-a-step', 'expires: nothing begins with it any more'],
    },
    {
      name: 'a ticket that was withdrawn is refused',
      file: 'domain/sign-in-token/explain.ts',
      text: "if (token.status === 'revoked') {",
      by: "if (token.id === '') {",
      missedBy: ['during-a-step', 'is revoked: the next step says so'],
    },
    {
      name: 'the statement judges ban and lock',
      file: 'store/session-openings.ts',
      text: 'is_banned = 0 AND (locked_until IS NULL OR locked_until <= ?)',
      by: '(1 = 1 OR locked_until <= ?)',
      missedBy: [
        'openings',
        'a ticket whose user was banned after the checks opens nothing: user_not_usable',
      ],
    },
    {
      name: 'the statement judges which password was proved',
      file: 'store/session-openings.ts',
      text: 'COALESCE(password_updated_at, 0) = ?',
      by: 'COALESCE(password_updated_at, 0) = COALESCE(password_updated_at, ?)',
      missedBy: [
        'second-factor',
        'is not enough after a password that was changed meanwhile, by a clock -600000 ms off',
      ],
    },
    {
      name: 'nobody acts for whoever is banned or locked',
      file: 'store/session-openings.ts',
      text: "if (!row) throw new OpeningFailed('user_not_usable');",
      by: 'if (row === null) return;',
      missedBy: ['openings', 'nobody acts for a user who was banned after the checks'],
    },
    {
      name: 'a ban is told',
      file: 'domain/user/refuse-unusable.ts',
      text: 'if (user.isBanned) {',
      by: "if (user.id === '') {",
      missedBy: ['redeem', 'tells a revoked one, a banned, a locked and a deleted user'],
    },
    {
      name: 'a lock is told',
      file: 'domain/user/refuse-unusable.ts',
      text: 'if (isLocked(user, now)) throw lockedRefusal(user, now);',
      by: '',
      missedBy: ['redeem', 'tells a revoked one, a banned, a locked and a deleted user'],
    },
    {
      name: 'a spent ticket begins nothing',
      file: 'domain/sign-in-token/redeem.ts',
      text: 'refuseSpent(token, world.clock.now());',
      by: '',
      missedBy: ['redeem', 'tells an expired ticket, from its last moment on'],
    },
  ],
  'what is before the fence stays ended': [
    {
      name: 'tickets end',
      file: 'store/fence.ts',
      text: "await revoke('sign_in_tokens', 'pending')",
      by: '0',
      missedBy: ['exactly-once/fence', 'withdraws a sign-in token: sign_in_token_revoked_code'],
    },
    {
      name: 'invitations end',
      file: 'store/fence.ts',
      text: "await revoke('invitations', 'pending')",
      by: '0',
      missedBy: [
        'exactly-once/fence',
        'withdraws invitations to sign up, to the application and to an organization',
      ],
    },
    {
      name: 'sessions end',
      file: 'store/fence.ts',
      text: "await revoke('sessions', 'active')",
      by: '0',
      missedBy: [
        'exactly-once/fence',
        'ends sessions for browsers and for servers, and mints no more of their tokens',
      ],
    },
    {
      name: 'sign-ins under way end',
      file: 'store/fence.ts',
      text: "for (const table of ['sign_ins', 'sign_ups']) {",
      by: "for (const table of ['sign_ups']) {",
      missedBy: [
        'exactly-once/fence',
        'ends a sign-in that waits for its second factor, with and without a ticket',
      ],
    },
    {
      name: 'calls that can be repeated end',
      file: 'store/fence.ts',
      text: "  'idempotent_issues',\n",
      by: '',
      missedBy: ['issuing', 'issues anew once the fence was raised'],
    },
    {
      name: 'a sign-in that ended meanwhile opens nothing',
      file: 'store/session-openings.ts',
      text: ' AND abandon_at > ?`;\n    return { sql, values: [toColumn(createdSessionId), clientId, id, now],',
      by: '`;\n    return { sql, values: [toColumn(createdSessionId), clientId, id],',
      missedBy: [
        'openings',
        'an attempt that the fence ended after the checks opens nothing: sign_in',
      ],
    },
    {
      name: 'neither does a sign-up',
      file: 'store/session-openings.ts',
      text: ' AND abandon_at > ?`;\n  const values = [toColumn(createdSessionId), toColumn(createdUserId), clientId, id, now];',
      by: '`;\n  const values = [toColumn(createdSessionId), toColumn(createdUserId), clientId, id];',
      missedBy: [
        'openings',
        'an attempt that the fence ended after the checks opens nothing: sign_up',
      ],
    },
    {
      name: 'so does the session of whoever was faster',
      file: 'store/fence.ts',
      text: "  for (const table of ['sign_ins', 'sign_ups']) {\n    // Over by every clock: that of who raises may be ahead.\n    await tx.run(`UPDATE ${table} SET abandon_at = 0 WHERE status <> 'complete'`);\n  }\n  const endedSessions = await revoke('sessions', 'active');\n",
      by: "  const endedSessions = await revoke('sessions', 'active');\n  for (const table of ['sign_ins', 'sign_ups']) {\n    // Over by every clock: that of who raises may be ahead.\n    await tx.run(`UPDATE ${table} SET abandon_at = 0 WHERE status <> 'complete'`);\n  }\n",
      missedBy: ['postgres/engine', 'ends the session of a sign-in that was faster at its own row'],
      project: 'postgres',
    },
    {
      name: 'the mark is taken before it is read',
      file: 'store/fence.ts',
      text: "await tx.run('UPDATE instance SET mark = mark');",
      by: '',
      missedBy: ['postgres/engine', 'never takes the mark back that somebody moves on meanwhile'],
      project: 'postgres',
    },
    {
      name: 'it never falls',
      file: 'store/fence.ts',
      text: 'furthest(await readFence(tx), above)',
      by: 'await readFence(tx)',
      missedBy: [
        'exactly-once/fence',
        'never lowers it: a history that is further on counts, part by part',
      ],
    },
  ],
  'an Idempotency-Key issues one token': [
    {
      name: 'another request is told apart',
      file: 'domain/sign-in-token/repeat-issue.ts',
      text: 'if (!equalHashes(earlier.requestHash, requestHash)) {',
      by: 'if (earlier === undefined) {',
      missedBy: ['issuing', 'with another body is refused, of another kind too'],
    },
    {
      name: 'the key is judged by the statement that writes',
      file: 'store/idempotent-issues.ts',
      text: 'return kept === 1 ? undefined : findIssue(tx, issue, after);',
      by: 'return kept >= 0 ? undefined : findIssue(tx, issue, after);',
      missedBy: ['issuing', 'a hundred times at once issues one token, and all get its ticket'],
    },
  ],
  'a session lives no longer than its ticket says': [
    {
      name: 'the cap of the token counts',
      file: 'domain/sign-in/open.ts',
      text: 'maxSeconds: token?.sessionMaxSeconds,',
      by: '',
      missedBy: ['redeem', 'opens a session that ends when the token says, however it is used'],
    },
  ],
  'a link signs in whom it shall': [
    {
      name: 'what must be confirmed is refused from code',
      file: 'domain/sign-in-token/question.ts',
      text: "confirmation === 'always' ||",
      by: '',
      missedBy: [
        'links/confirmation',
        'always is refused without a confirmed page, and told what to ask',
      ],
    },
    {
      name: 'an invitation of somebody who has an account is asked about',
      file: 'domain/invitation/redeem.ts',
      text: '(await refuseUnconfirmed(world, caller, { link, holder: user }, how));',
      by: '(link.id !== undefined && how !== undefined);',
      missedBy: ['links/invited', 'is asked about by a component, and joins nobody before'],
    },
    {
      name: 'the link of an invitation asks on the way',
      file: 'domain/invitation/link.ts',
      text: 'return isForm ? addTicket(page, link, ticket) : signInLink(world, link, ticket);',
      by: 'return addTicket(page, link, ticket);',
      missedBy: [
        'links/invited',
        'asks on the hosted page on its way to a page that does not ask, and goes on there',
      ],
    },
    {
      name: 'an invitation that alone makes an account is asked about',
      file: 'domain/sign-up/invited.ts',
      text: 'return refuseUnconfirmed(world, caller, { link: signInTermsOf(invitation), holder }, how);',
      by: "return holder.newAddress === '' && how === undefined;",
      missedBy: [
        'links/newcomers',
        'an invitation that makes an account is asked about by a component, and makes none before',
      ],
    },
    {
      name: 'the link of an invitation that alone makes an account asks on the way',
      file: 'domain/invitation/link.ts',
      text: "link.ticketStatus === 'sign_up' && !isAddressEnough(world);",
      by: "link.ticketStatus === 'sign_up';",
      missedBy: [
        'links/newcomers',
        'asks on the hosted page on its way to a page that does not ask, and goes on there',
      ],
    },
    {
      name: 'the hosted page asks about it',
      file: 'http/hosted-link/confirm.ts',
      text: "if ('newAddress' in holder && !isAddressEnough(world)) return undefined;",
      by: "if ('newAddress' in holder) return undefined;",
      missedBy: [
        'links/newcomers',
        'the hosted page asks without a script, and its press makes the account',
      ],
    },
    {
      name: 'the proof of an answer is that of its ticket',
      file: 'domain/sign-in-token/question.ts',
      text: 'tokenId === link.id && ',
      by: "tokenId !== '' && ",
      missedBy: ['links/confirmation', 'a proof is good for its ticket, for ten minutes'],
    },
    {
      name: 'the proof of an answer ends',
      file: 'domain/sign-in-token/question.ts',
      text: ' && until > world.clock.now()',
      by: ' && until > 0',
      missedBy: ['links/confirmation', 'a proof is good for its ticket, for ten minutes'],
    },
    {
      name: 'a continuation belongs to its browser',
      file: 'domain/sign-in-token/continuation.ts',
      text: ' || !isSameBrowser(caller, found)',
      by: '',
      missedBy: [
        'links/continuation',
        'it is bound to the browser where our cookie reaches both pages',
      ],
    },
    {
      name: 'the secret of a continuation is compared',
      file: 'domain/sign-in-token/continuation.ts',
      text: '&& equalHashes(found.secretHash, credential.secretHash)',
      by: '',
      missedBy: [
        'links/continuation',
        'one that nobody made is refused, and one with another secret',
      ],
    },
    {
      name: 'a continuation ends',
      file: 'domain/sign-in-token/continuation.ts',
      text: 'if (continuation.expiresAt <= now)',
      by: 'if (continuation.expiresAt <= 0)',
      missedBy: ['links/continuation', 'it lives for sixty seconds'],
    },
    {
      name: 'a pressed form carries the nonce of its cookie',
      file: 'http/hosted-link/cookie.ts',
      text: 'const [left, right] = [Buffer.from(link.nonce), Buffer.from(nonce)];',
      by: 'const [left, right] = [Buffer.from(nonce), Buffer.from(nonce)];',
      missedBy: ['links/hosted-confirmation', 'with the nonce ""'],
    },
    {
      name: 'a form of another site is refused',
      file: 'http/origin-check.ts',
      text: "if (isForeign || mode === 'navigate') {",
      by: "if (isForeign && mode === 'navigate') {",
      missedBy: [
        'links/login-csrf',
        'every changing route for browsers refuses other sites and forms that navigate, and writes nothing',
      ],
    },
    {
      name: 'a bound ticket is refused elsewhere',
      file: 'domain/sign-in-token/same-browser.ts',
      text: 'equalHashes(challengeOf(verifier), challenge)',
      by: "challenge !== ''",
      missedBy: [
        'links/same-browser',
        'is refused with another one, which changes nothing and is told with the token',
      ],
    },
    {
      name: 'a page that can ask is told to',
      file: 'domain/sign-in-token/redeem.ts',
      text: '(await refuseUnconfirmed(world, caller, { link: token, holder: user }, how));',
      by: '(user === undefined);',
      missedBy: [
        'links/confirmation',
        'auto and always ask, and the proof of the answer opens the session',
      ],
    },
    {
      name: 'what must be asked is refused',
      file: 'domain/sign-in-token/question.ts',
      text: 'if (!isAsked) return false;',
      by: 'if (!isAsked || holder !== undefined) return false;',
      missedBy: [
        'links/confirmation',
        'auto and always ask, and the proof of the answer opens the session',
      ],
    },
    {
      name: 'somebody else is asked about, whatever the confirmation',
      file: 'domain/sign-in-token/question.ts',
      text: '(isOtherLeftOut || (confirmation',
      by: '((confirmation',
      missedBy: [
        'links/hosted-confirmation',
        'the page asks even where no confirmation is asked for',
      ],
    },
    {
      name: 'a ticket goes beside nobody who is signed in',
      file: 'domain/sign-in-token/redeem.ts',
      text: 'await refuseSignedIn(world, caller, user.id, { isImpersonation, isSwitch });',
      by: '',
      missedBy: ['redeem', 'stays pending when somebody is signed in already'],
    },
    {
      name: 'one browser holds one session',
      file: 'domain/session/refuse-signed-in.ts',
      text: 'if (world.instance.settings.isSingleSession) {',
      by: "if (userId === '') {",
      missedBy: ['redeem', 'stays pending when somebody is signed in already'],
    },
    {
      name: 'or several, of several users',
      file: 'domain/session/refuse-signed-in.ts',
      text: 'if (same) {',
      by: "if (same?.session.id === '') {",
      missedBy: ['frontend-api', 'lives beside others where a browser may hold several'],
    },
    {
      name: 'nothing goes beside an impersonation',
      file: 'domain/session/refuse-signed-in.ts',
      text: 'if (live.some(({ session }) => session.actor !== undefined)) {',
      by: "if (live.some(({ session }) => session.id === '')) {",
      missedBy: ['actor-tokens', 'lets nothing else begin in its browser'],
    },
    {
      name: 'a presented continuation ends',
      file: 'domain/sign-in-token/redeem.ts',
      text: 'if (continuation) refuseLate(continuation, world.clock.now());',
      by: '',
      missedBy: ['links/continuation', 'it lives for sixty seconds'],
    },
    {
      name: 'the browser of a continuation is compared',
      file: 'domain/sign-in-token/continuation.ts',
      text: '&& equalHashes(hash, browserHash)',
      by: "&& hash !== ''",
      missedBy: [
        'links/continuation',
        'it is bound to the browser where our cookie reaches both pages',
      ],
    },
    {
      name: 'the hosted page asks nobody about a spent ticket',
      file: 'http/hosted-link/confirm.ts',
      text: 'refuseSpent(token, world.clock.now());',
      by: '',
      missedBy: [
        'links/hosted-confirmation',
        'nobody is asked about a link that is spent: the page for all tells why',
      ],
    },
    {
      name: 'the hosted page asks nobody in another browser',
      file: 'http/hosted-link/confirm.ts',
      text: 'if (isHostedPage(world, redeemingPage(world, token))) refuseOtherBrowser(token, caller);',
      by: '',
      missedBy: [
        'links/same-browser',
        'in another browser nobody is asked: the page for all tells why',
      ],
    },
    {
      name: 'a pressed form of another site is refused',
      file: 'http/hosted-link/routes.ts',
      text: 'refuseOtherSite(world, request);',
      by: '',
      missedBy: [
        'links/login-csrf',
        'every changing route for browsers refuses other sites and forms that navigate, and writes nothing',
      ],
    },
    {
      name: 'a pressed form belongs to our own page',
      file: 'http/origin-check.ts',
      text: "if (isOurs && (site === undefined || site === 'same-origin')) return;",
      by: "if (isOurs || origin !== '') return;",
      missedBy: [
        'links/login-csrf',
        'every changing route for browsers refuses other sites and forms that navigate, and writes nothing',
      ],
    },
    {
      name: 'a bound ticket asks which browser it is',
      file: 'domain/sign-in-token/redeem.ts',
      text: 'refuseOtherBrowser(token, caller, how.codeVerifier);',
      by: '',
      missedBy: [
        'links/same-browser',
        'is refused with another one, which changes nothing and is told with the token',
      ],
    },
    {
      name: 'a bound ticket without its verifier is refused',
      file: 'domain/sign-in-token/same-browser.ts',
      text: 'if (isProved) return;',
      by: "if (isProved || challenge !== '') return;",
      missedBy: [
        'links/same-browser',
        'is refused with another one, which changes nothing and is told with the token',
      ],
    },
    {
      name: 'a proof belongs to its challenge',
      file: 'domain/sign-in-token/same-browser.ts',
      text: 'if (proof !== undefined && !equalHashes(proof, proveCookie(world, challenge)))',
      by: 'if (proof === challenge)',
      missedBy: ['links/same-browser', 'not with a proof of another challenge'],
    },
    {
      name: 'a ticket is bound only where its page can prove it',
      file: 'domain/sign-in-token/same-browser.ts',
      text: 'if (proof !== undefined && isHostedPage(world, page)) return;',
      by: "if (page !== '') return;",
      missedBy: ['links/same-browser', 'not for a page that may hold an official component'],
    },
  ],
  'an invitation lets its person in, once': guardsOfInvitations,
  'a change of the audit log is found': [
    {
      name: 'each line is bound to what it says and to the one before',
      file: 'domain/audit-log/verify.ts',
      text: 'if (!equalHashes(chainMac(world, chainText(line, before.hash)), line.hash))',
      by: "if (line.hash === '')",
      missedBy: ['audit-log', 'in any character of any column of any line is found'],
    },
    {
      name: 'the end is told by a head',
      file: 'domain/audit-log/verify.ts',
      text: 'if (!isReached || after.number < last.number || !isTold)',
      by: 'if (after.number < 0)',
      missedBy: ['audit-log', 'by cutting its end off is found, with a head that fits too'],
    },
    {
      name: 'a head that was changed stays wrong',
      file: 'store/audit-chain.ts',
      text: 'isWrong ? head.mac : ',
      by: '',
      missedBy: [
        'audit-log',
        'by cutting its end off is found after the next line too, whatever the head says',
      ],
    },
    {
      name: 'nothing stands before the first line',
      file: 'domain/audit-log/verify.ts',
      text: 'return line && line.number <= number',
      by: 'return line && line.number === undefined',
      missedBy: ['audit-log', 'by bringing a line back is found'],
    },
    {
      name: 'where the log begins is told under the secret',
      file: 'domain/audit-log/verify.ts',
      text: 'if (!anchor || isGenuineAnchor(world, anchor)) return [];',
      by: 'if (!anchor || anchor.mac !== undefined) return [];',
      missedBy: [
        'audit-log',
        'in any field of where it begins is found, and no line is taken away any more',
      ],
    },
    {
      name: 'another beginning is not carried on',
      file: 'store/audit-log.ts',
      text: 'if (anchor && !cut.isGenuine(anchor)) return 0;',
      by: '',
      missedBy: [
        'audit-log',
        'in any field of where it begins is found, and no line is taken away any more',
      ],
    },
    {
      name: 'a line that is wrong is not taken away',
      file: 'store/audit-log.ts',
      text: ' || !cut.isWhole(line, lines[at - 1] ?? before)',
      by: '',
      missedBy: ['audit-log', 'before that is not covered up: a wrong line and all after it stay'],
    },
  ],
  'a secret key does what it was made for': [
    {
      name: 'a key is judged by its scopes',
      file: 'domain/key/scopes.ts',
      text: 'if (key.scopes === undefined || key.scopes.includes(scope)) return;',
      by: 'if (key.scopes !== null) return;',
      missedBy: [
        'scopes',
        'a key is refused by every route of another scope, and nothing is written',
      ],
    },
    {
      name: 'acting as somebody has a scope of its own',
      file: 'http/backend-api/scope-of.ts',
      text: "'POST /v1/actor_tokens': 'tickets:impersonate',",
      by: "'POST /v1/actor_tokens': 'tickets:create',",
      missedBy: [
        'scopes',
        'a key that may issue sign-in tokens issues no actor tokens, and reads nothing',
      ],
    },
    {
      name: 'reading alone changes nothing',
      file: 'http/backend-api/scope-of.ts',
      text: '(isReading ? reading : writing)',
      by: 'reading',
      missedBy: ['scopes', 'every route takes a scope, and every scope is taken by a route'],
    },
  ],
  'what is still good is never purged': [
    {
      name: 'a pending token goes only after its expiry',
      file: 'store/retention.ts',
      text: "OR (status = 'pending' AND expires_at <= ?))\";",
      by: "OR (status = 'pending' AND created_at <= ?))\";",
      missedBy: [
        'retention',
        'a live session, its browser and a good ticket stay, however old they are',
      ],
    },
    {
      name: 'a session goes only after its longest life',
      file: 'store/retention.ts',
      text: "condition: 'expire_at <= ?',",
      by: "condition: 'created_at <= ?',",
      missedBy: [
        'retention',
        'a live session, its browser and a good ticket stay, however old they are',
      ],
    },
    {
      name: 'a browser that holds a session stays',
      file: 'store/retention.ts',
      text: 's.client_id = clients.id AND s.expire_at > ?)`',
      by: 's.client_id = clients.id AND s.expire_at < ?)`',
      missedBy: [
        'retention',
        'a live session, its browser and a good ticket stay, however old they are',
      ],
    },
    {
      name: 'an attempt goes only after its end',
      file: 'store/retention.ts',
      text: "values: ({ spent }) => [idsFrom('sia', spent - attemptLife), spent],",
      by: "values: () => ['sia_z', Number.MAX_SAFE_INTEGER],",
      missedBy: [
        'retention',
        'an attempt goes two days after it began; one that is under way stays and ends well',
      ],
    },
    {
      name: 'what the commit of an erasure binds is erased as well',
      file: 'store/audit-log.ts',
      text: '  await appendUnbound(tx);\n  for',
      by: '  for',
      missedBy: [
        'audit-log',
        'by nobody has what jobs of one commit wrote: in order, without those that failed, and erased',
      ],
    },
    {
      name: 'a line of the audit log goes only when its time is over',
      file: 'store/audit-log.ts',
      text: 'line.at > cut.until || ',
      by: '',
      missedBy: [
        'audit-log',
        'longer ago than the setting says is taken away, and the rest is proved',
      ],
    },
  ],
  'nodes judge expiry alike': [
    {
      name: 'by the clock of the database',
      file: 'world/store-clock.ts',
      text: 'return Date.now() + ahead;',
      by: 'return Date.now();',
      missedBy: [
        'postgres/clock',
        'a node whose clock is off by 3600000 ms judges by that of the database',
      ],
      project: 'postgres',
    },
  ],
  'what is not known is not done again': [
    {
      name: 'where the connection broke',
      file: 'store/postgres-engine.ts',
      text: "      if (!isUndone(error))\n        throw new StoreUnavailable('it is not known whether it was done', { cause: error });\n",
      by: '',
      missedBy: [
        'postgres/engine',
        'whose connection breaks are not run again: nobody knows whether they were done',
      ],
      project: 'postgres',
    },
  ],
  'calls that go as one fail each by itself': [
    {
      name: 'what did nothing runs again, each alone',
      file: 'store/postgres-batches.ts',
      text: 'if (error instanceof StoreUnavailable) reject(error);',
      by: 'if (error !== undefined) reject(error);',
      missedBy: [
        'postgres/engine',
        'have each its own outcome where one of them is refused, and no number is left out',
      ],
      project: 'postgres',
    },
    {
      name: 'what may have been done does not',
      file: 'store/postgres-batches.ts',
      text: 'if (error instanceof StoreUnavailable) reject(error);',
      by: 'if (error === undefined) reject(error);',
      missedBy: [
        'postgres/engine',
        'whose connection breaks are not run again: nobody knows whether they were done',
      ],
      project: 'postgres',
    },
    {
      name: 'two that change one row do not go together',
      file: 'store/postgres-rows.ts',
      text: 'if (earlier.length > 0) {',
      by: 'if (earlier.length > rows.length) {',
      missedBy: [
        'postgres/engine',
        'and change one row go one after another, in statements of their own',
      ],
      project: 'postgres',
    },
    {
      name: 'a statement that waits for a row lets the next one go',
      file: 'store/postgres-batches.ts',
      text: 'setTimeout(goOn, slowAfter);',
      by: 'undefined;',
      missedBy: ['postgres/engine', 'wait for nobody who waits for a row that somebody else holds'],
      project: 'postgres',
    },
    {
      name: 'the numbers of what did nothing are drawn again',
      file: 'store/postgres-engine.ts',
      text: '      lane.undo();\n      const failed',
      by: '      lane.keep();\n      const failed',
      missedBy: [
        'postgres/audit-tail',
        'of calls that went as one, of which one was refused, leave no gap',
      ],
      project: 'postgres',
    },
  ],
  'a replica never tells whether something is alive': [
    {
      name: 'lists alone are asked of it',
      file: 'store/open.ts',
      text: 'sessions: sessionStore(engine),\n    signInTokens: signInTokenStore(engine),\n    signIns',
      by: 'sessions: sessionStore({ ...engine, get: replica.get, all: replica.all }),\n    signInTokens: signInTokenStore(engine),\n    signIns',
      missedBy: [
        'bad-input/bad-input',
        'of POST /v1/client/sessions/:sessionId/tokens works, and asks a replica for lists alone',
      ],
    },
    {
      name: 'one that is behind is not asked',
      file: 'store/postgres-replicas.ts',
      text: 'if (positionOf(row) < latest.position) return false;',
      by: '',
      missedBy: ['postgres/replicas', 'one that is behind is not asked'],
      project: 'postgres',
    },
    {
      name: 'one of another timeline is not asked',
      file: 'store/postgres-replicas.ts',
      text: "if (row['timeline'] !== latest.timeline) return false;",
      by: '',
      missedBy: [
        'postgres/replicas',
        'one that stayed in another timeline is not asked, however far it has come',
      ],
      project: 'postgres',
    },
    {
      name: 'one of another instance is not asked',
      file: 'store/postgres-replicas.ts',
      text: "if (row['instance'] !== latest.instance) throw new Error('it holds another instance');",
      by: '',
      missedBy: ['postgres/replicas', 'one that is none, or holds another instance, is not asked'],
      project: 'postgres',
    },
  ],
};
