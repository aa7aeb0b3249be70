/**
 * What a page shows while a ticket is at work: it is there from the start, so it is kept
 * short. `language` is a BCP 47 tag, `direction` is `ltr` or `rtl`.
 */
export const entrance = {
  language: 'en',
  direction: 'ltr',
  loading: 'One moment …',
  missing: 'A part is missing. Load the page again',
  ticket: {
    redeeming: 'Checking your ticket',
  },
  signIn: { title: 'Sign in' },
} as const;
