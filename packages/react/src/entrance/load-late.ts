/** One part for all that is small and seldom needed. Browsers keep what they have fetched. */
export const loadLate = () => import('./late.ts');

/** Fetches, while somebody answers still, what is shown when nobody does, and texts. */
export function prepare(language: string | undefined, hasTicket: boolean): void {
  loadLate()
    .then((late) => late.prepareMessages(language, hasTicket))
    .catch(() => {});
}
