/** What a page shows when the service cannot be asked, or has no time. */
export const outage = {
  title: 'That did not work',
  retry: 'Try again',
  ticket: {
    otherWay: 'Sign in another way',
  },
  /** No answer came: offline, or the server is down. */
  networkError: 'There was no answer. Check your connection, then try again.',
  unknownError: 'Something went wrong. Try again.',
  errors: {
    too_many_requests: 'Too many tries in a short time. Wait a while, then try again.',
    service_unavailable: 'The service cannot be reached at the moment. Try again in a minute.',
    internal_error: 'Something went wrong on our side. Try again in a minute.',
  },
} as const;
