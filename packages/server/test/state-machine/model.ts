/*
 * What the server should answer, written down a second time and in another way: from the
 * design, without a look at the server's own rules. It keeps what an observer could know.
 */

export interface ModelUser {
  /** `false` for somebody who only has an address. */
  readonly hasAccount: boolean;
  readonly hasApp: boolean;
  isBanned: boolean;
  /** Counts the passwords that the account has had. */
  passwords: number;
}

export interface ModelTicket {
  readonly user: number;
  readonly stepUp: 'none' | 'second_factor' | 'client_trust' | undefined;
  readonly expiresAt: number;
  state: 'pending' | 'revoked' | 'accepted';
  /** Which browser redeemed it, and when. */
  redeemed: { readonly browser: number; readonly at: number } | undefined;
}

export interface ModelAttempt {
  readonly user: number;
  readonly ticket: number | undefined;
  status: string;
  /** The first proof besides a ticket. */
  first: string | undefined;
  /** Which of the account's passwords was proved, or is to be replaced. */
  provedPassword: number | undefined;
  /** Until when a new password can be chosen after a reset was proved. */
  resetUntil: number | undefined;
  /** Somebody else ended it. */
  isGone: boolean;
  hasNewPassword: boolean;
  isSecondProved: boolean;
  isDeviceProved: boolean;
  /** What was sent last, and until when it is good. */
  sent:
    | { readonly strategy: string; readonly until: number; readonly password?: number }
    | undefined;
  tries: number;
}

export interface ModelBrowser {
  attempt: ModelAttempt | undefined;
  /** Who is signed in, and by which ticket. */
  session: { readonly user: number; readonly ticket: number | undefined } | undefined;
  readonly knownTo: Set<number>;
}

export interface Policy {
  readonly clientTrust: boolean;
  readonly least: 'none' | 'second_factor' | 'client_trust';
  readonly besideTickets: boolean;
  /** Whether nobody is told who has an account. */
  readonly isProtected: boolean;
}

export interface Model {
  now: number;
  readonly policy: Policy;
  readonly users: ModelUser[];
  readonly tickets: ModelTicket[];
  readonly browsers: ModelBrowser[];
}

const minute = 60_000;

/** What stands at a place of a list where something must stand. */
export function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw new RangeError(`nothing stands at ${index}`);
  return item;
}

/** The attempt that is under way in a browser. */
function attemptOf(model: Model, browser: number): ModelAttempt {
  const { attempt } = at(model.browsers, browser);
  if (!attempt) throw new RangeError(`no attempt is under way in browser ${browser}`);
  return attempt;
}

/** What a call should answer: a code of a refusal, or the status of the sign-in. */
export type Expected = string;

/** A ticket is presented. */
export function present(model: Model, browser: number, number: number): Expected {
  const ticket = at(model.tickets, number);
  const place = at(model.browsers, browser);
  const isRepeat =
    ticket.state === 'accepted' &&
    ticket.redeemed?.browser === browser &&
    model.now - ticket.redeemed.at <= minute &&
    place.session?.ticket === number;
  if (isRepeat) return 'complete';
  const spent = spentCode(model, ticket, 0);
  if (spent) return spent;
  if (at(model.users, ticket.user).isBanned) return 'user_banned';
  if (place.session) return 'session_exists';
  return begin(model, browser, { user: ticket.user, ticket: number });
}

/** Somebody says who they are. */
export function identify(model: Model, browser: number, user: number): Expected {
  const { isProtected } = model.policy;
  if (!isProtected && !at(model.users, user).hasAccount) return 'form_identifier_not_found';
  if (at(model.browsers, browser).session) return 'session_exists';
  return begin(model, browser, { user, ticket: undefined });
}

/** A step is taken. `isRight`: whether the person proves what is asked. */
export function take(model: Model, browser: number, strategy: string, isRight: boolean): Expected {
  const attempt = attemptOf(model, browser);
  const refusal = refusalBeforeProof(model, attempt, strategy);
  if (refusal) return refusal;
  if (strategy === 'password') {
    if (!isRight || isUntold(model, attempt)) return 'form_password_incorrect';
    attempt.first = 'password';
    attempt.provedPassword = at(model.users, attempt.user).passwords;
    return goOn(model, browser);
  }
  if (strategy === 'new_password') {
    attempt.hasNewPassword = true;
    return goOn(model, browser);
  }
  const isSentCode = strategy !== 'totp';
  if (isSentCode && attempt.sent?.strategy !== strategy) return 'verification_missing';
  if (attempt.tries >= 5) return 'verification_failed';
  attempt.tries += 1;
  if (isSentCode && (attempt.sent?.until ?? 0) <= model.now) return 'verification_expired';
  const { hasAccount, isBanned, passwords } = at(model.users, attempt.user);
  if (!isRight || !hasAccount) return 'form_code_incorrect';
  // Whoever has set a password since has ended the reset.
  const replaced = attempt.sent?.password;
  if (strategy === 'reset' && replaced !== passwords) return 'verification_expired';
  if (isBanned) return 'user_banned';
  if (strategy === 'reset') {
    attempt.provedPassword = replaced;
    attempt.resetUntil = model.now + 10 * minute;
  }
  // A code that was right is spent, though the attempt may come to no end.
  if (isSentCode) attempt.sent = { strategy, until: model.now };
  if (strategy === 'totp') attempt.isSecondProved = true;
  else if (strategy === 'device') attempt.isDeviceProved = true;
  else attempt.first = strategy;
  return goOn(model, browser);
}

/** A user is banned, and whoever was about to choose a new password chooses none. */
export function ban(model: Model, user: number): void {
  at(model.users, user).isBanned = true;
  for (const place of model.browsers) {
    if (place.session?.user === user) place.session = undefined;
    const { attempt } = place;
    if (attempt?.user !== user) continue;
    attempt.isGone ||= (attempt.first ?? attempt.sent?.strategy) === 'reset';
  }
}

/** A code is asked for. */
export function send(model: Model, browser: number, strategy: string): Expected {
  const attempt = attemptOf(model, browser);
  const refusal = refusalBeforeProof(model, attempt, strategy);
  if (refusal) return refusal;
  const { passwords: password } = at(model.users, attempt.user);
  attempt.sent = { strategy, until: model.now + 10 * minute, password };
  attempt.tries = 0;
  return attempt.status;
}

const stageOf: Readonly<Record<string, string>> = {
  password: 'needs_first_factor',
  email_code: 'needs_first_factor',
  reset: 'needs_first_factor',
  new_password: 'needs_new_password',
  totp: 'needs_second_factor',
  device: 'needs_client_trust',
};

function refusalBeforeProof(
  model: Model,
  attempt: ModelAttempt,
  strategy: string,
): string | undefined {
  const isLate = attempt.resetUntil !== undefined && attempt.resetUntil <= model.now;
  if (attempt.isGone || isLate || attempt.status !== stageOf[strategy])
    return 'sign_in_step_invalid';
  const ticket = attempt.ticket === undefined ? undefined : at(model.tickets, attempt.ticket);
  const spent = ticket && spentCode(model, ticket, 10 * minute);
  if (spent) return spent;
  if (!at(model.users, attempt.user).isBanned) return undefined;
  return isUntold(model, attempt) ? undefined : 'user_banned';
}

/** Whether nothing tells that this attempt can come to no end, until a code is right. */
function isUntold({ policy, users }: Model, { status, ticket, user }: ModelAttempt): boolean {
  const { hasAccount, isBanned } = at(users, user);
  const isBeforeProof = status === 'needs_first_factor' && ticket === undefined;
  return policy.isProtected && isBeforeProof && (!hasAccount || isBanned);
}

function spentCode(model: Model, ticket: ModelTicket, grace: number): string | undefined {
  if (ticket.state === 'revoked') return 'sign_in_token_revoked_code';
  if (ticket.state === 'accepted') return 'sign_in_token_already_used_code';
  return ticket.expiresAt + grace <= model.now ? 'ticket_expired_code' : undefined;
}

function begin(
  model: Model,
  browser: number,
  start: Pick<ModelAttempt, 'user' | 'ticket'>,
): Expected {
  const former = at(model.browsers, browser).attempt;
  at(model.browsers, browser).attempt = {
    ...start,
    status: '',
    first: undefined,
    provedPassword: undefined,
    resetUntil: undefined,
    isGone: false,
    hasNewPassword: false,
    isSecondProved: false,
    isDeviceProved: false,
    sent: undefined,
    tries: 0,
  };
  const status = goOn(model, browser);
  // A new attempt takes the place of the one before, whatever it led to.
  if (status === 'complete' && former) at(model.browsers, browser).attempt = undefined;
  return status;
}

/** What is asked next; at the end the session opens and the ticket is spent. */
function goOn(model: Model, browser: number): Expected {
  const place = at(model.browsers, browser);
  const attempt = attemptOf(model, browser);
  const next = asked(model, place, attempt);
  if (next) {
    if (next !== attempt.status) attempt.tries = 0;
    attempt.status = next;
    return next;
  }
  const ticket = attempt.ticket === undefined ? undefined : at(model.tickets, attempt.ticket);
  const user = at(model.users, attempt.user);
  const restsOnPassword = attempt.first === 'password' || attempt.first === 'reset';
  if (restsOnPassword && attempt.provedPassword !== user.passwords) {
    // That password is no longer the account's: all of it begins anew.
    attempt.tries = 0;
    return 'sign_in_step_invalid';
  }
  if (attempt.first === 'reset') user.passwords += 1;
  if (ticket) {
    ticket.state = 'accepted';
    ticket.redeemed = { browser, at: model.now };
  }
  const doDevicesCount =
    model.policy.clientTrust ||
    model.policy.least === 'client_trust' ||
    ticket?.stepUp === 'client_trust';
  if (doDevicesCount) place.knownTo.add(attempt.user);
  place.session = { user: attempt.user, ticket: attempt.ticket };
  place.attempt = undefined;
  return 'complete';
}

function asked(model: Model, place: ModelBrowser, attempt: ModelAttempt): string | undefined {
  const { policy } = model;
  const { hasApp } = at(model.users, attempt.user);
  const ticket = attempt.ticket === undefined ? undefined : at(model.tickets, attempt.ticket);
  const isFirstAsked = !ticket || policy.besideTickets;
  if (isFirstAsked && !attempt.first) return 'needs_first_factor';
  if (attempt.first === 'reset' && !attempt.hasNewPassword) return 'needs_new_password';
  const steps = ticket
    ? [ticket.stepUp ?? 'second_factor', policy.least]
    : [
        'second_factor',
        policy.clientTrust && attempt.first === 'password' ? 'client_trust' : 'none',
      ];
  if (steps.includes('second_factor') && hasApp)
    return attempt.isSecondProved ? undefined : 'needs_second_factor';
  const isUnknown = steps.includes('client_trust') && !place.knownTo.has(attempt.user);
  return isUnknown && !attempt.isDeviceProved ? 'needs_client_trust' : undefined;
}
