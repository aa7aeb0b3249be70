/** What a session token must meet. */
export interface SessionTokenRules {
  /**
   * The origins whose pages may use the token (`azp`), for example `https://app.example.com`.
   * With it, a token without `azp` is refused. Set it wherever a cookie can bring the token.
   */
  readonly authorizedParties?: readonly string[] | undefined;
  /** The `iss` that the token must have. Default: not compared, since the keys are the server's own. */
  readonly issuer?: string | undefined;
  /** How far clocks may be apart. Milliseconds, 0 to 60 000, 5000 by default. */
  readonly clockSkewInMs?: number | undefined;
}

export interface CheckedRules {
  readonly authorizedParties: readonly string[] | undefined;
  readonly issuer: string | undefined;
  readonly clockSkewSeconds: number;
}

/** Checks rules. Throws a `TypeError` that names the wrong one: a list that lets nobody in is a mistake. */
export function checkRules({
  authorizedParties,
  issuer,
  clockSkewInMs = 5000,
}: SessionTokenRules): CheckedRules {
  if (authorizedParties !== undefined && !isListOfOrigins(authorizedParties)) {
    throw new TypeError(
      'authorizedParties must be a list of at least one origin, such as https://app.example.com.',
    );
  }
  if (issuer !== undefined && (typeof issuer !== 'string' || issuer === '')) {
    throw new TypeError('issuer must be a string that is not empty.');
  }
  if (!(clockSkewInMs >= 0 && clockSkewInMs <= 60_000)) {
    throw new TypeError('clockSkewInMs must be a number from 0 to 60000.');
  }
  return { authorizedParties, issuer, clockSkewSeconds: clockSkewInMs / 1000 };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function isListOfOrigins(list: readonly string[]): boolean {
  return (
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((each: unknown) => typeof each === 'string' && isOrigin(each))
  );
}
