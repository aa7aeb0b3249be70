/**
 * The server with its database and everything that it brings along. Commands that call a
 * running server, and help, start in a third of the time without it.
 */
export const loadServer = () => import('../main.ts');
