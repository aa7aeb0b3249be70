/**
 * Whom a client has signed in after a gesture: a press on a page that named the account, or
 * a proof that somebody typed. A mail scanner has no such client. Goes over to the client
 * that takes its place.
 */
export interface GestureStore {
  has(clientId: string, userId: string): Promise<boolean>;
}
