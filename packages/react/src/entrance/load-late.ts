/** One part for all that is small and seldom needed. Browsers keep what they have fetched. */
export const loadLate = () => import('./late.ts');
