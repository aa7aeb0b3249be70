/** How long a session token may be given again. Milliseconds. */
const givenAgainFor = 5000;

/** Tokens that are kept at most: a few megabytes. */
const mostKept = 5000;

/** The session tokens of the last seconds. */
export interface RecentTokens {
  /** The token that was signed for this content a moment ago. */
  find(content: string, now: number): string | undefined;
  keep(content: string, token: string, now: number): void;
}

/**
 * Remembers tokens by all that they say, but for their times: whoever asks has read the session
 * live, and a change of anything that a token tells makes another one.
 */
export function openRecentTokens(): RecentTokens {
  const kept = new Map<string, { readonly token: string; readonly signedAt: number }>();
  return {
    find(content, now) {
      const known = kept.get(content);
      // A clock that was set back makes nothing recent.
      const isRecent = known && now >= known.signedAt && now - known.signedAt < givenAgainFor;
      return isRecent ? known.token : undefined;
    },
    keep(content, token, now) {
      kept.delete(content);
      kept.set(content, { token, signedAt: now });
      // In the order of their signing, so that the first ones are the oldest.
      for (const [oldest, { signedAt }] of kept) {
        if (kept.size <= mostKept && now - signedAt < givenAgainFor) return;
        kept.delete(oldest);
      }
    },
  };
}
