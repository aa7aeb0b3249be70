/** The first token lasts a while, and who has just come in does not go yet. */
export const loadSessionCalls = () => import('./calls.ts');
