import type {
  BackendSessionJSON,
  CountedPageJSON,
  SessionStatus,
  TokenJSON,
} from '@willcall/contract';
import { refuseNull, requireId, requireText } from '../arguments/require.ts';
import { type FieldNames, writeFields } from '../arguments/write-fields.ts';
import { writeFilter } from '../arguments/write-filter.ts';
import { type Call, callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import { readSession, type Session } from '../wire/sessions.ts';

export interface SessionListParams {
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly status?: SessionStatus | undefined;
  /** 1 to 500, 10 by default. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface SessionList {
  readonly data: readonly Session[];
  /** How many sessions match, on all pages together. */
  readonly totalCount: number;
}

export interface SessionTokenParams {
  /** Seconds, at least 30. Default: 60. */
  readonly expiresInSeconds?: number | undefined;
}

/** Sessions. An unknown id is refused with `resource_not_found`. */
export interface Sessions {
  getSessionList(params?: SessionListParams): Promise<SessionList>;
  getSession(sessionId: string): Promise<Session>;
  /** Ends a session. A session token that is out already lives on for its 60 seconds. */
  revokeSession(sessionId: string): Promise<Session>;
  /** Opens a session without signing in. Development only, for tests of your server. */
  createSession(params: { readonly userId: string }): Promise<Session>;
  /** A new session token, without `azp` where the session has no origin. */
  getToken(sessionId: string, params?: SessionTokenParams): Promise<{ readonly jwt: string }>;
  /** Asks the server about a session token. Refused: `authentication_invalid`. `verifyToken` needs no call. */
  verifySession(sessionId: string, token: string): Promise<Session>;
}

const listNames: FieldNames<SessionListParams> = {
  userId: 'user_id',
  clientId: 'client_id',
  status: 'status',
  limit: 'limit',
  offset: 'offset',
};

const tokenNames: FieldNames<SessionTokenParams> = { expiresInSeconds: 'expires_in_seconds' };

/** `/v1/sessions`. */
export function sessions(connection: Connection): Sessions {
  const call = async (request: Call) =>
    readSession(await callApi<BackendSessionJSON>(connection, request));

  return {
    async getSessionList(params = {}) {
      const query = { ...writeFilter('getSessionList', listNames, params), paginated: true };
      const request = { method: 'GET', path: '/sessions', query } as const;
      const page = await callApi<CountedPageJSON<BackendSessionJSON>>(connection, request);
      return { data: page.data.map(readSession), totalCount: page.total_count };
    },

    getSession: async (sessionId) =>
      call({ method: 'GET', path: `/sessions/${requireId('getSession', 'sessionId', sessionId)}` }),

    revokeSession: async (sessionId) =>
      call({
        method: 'POST',
        path: `/sessions/${requireId('revokeSession', 'sessionId', sessionId)}/revoke`,
      }),

    createSession: async ({ userId }) =>
      call({
        method: 'POST',
        path: '/sessions',
        body: { user_id: requireId('createSession', 'userId', userId) },
      }),

    async getToken(sessionId, params = {}) {
      const path = `/sessions/${requireId('getToken', 'sessionId', sessionId)}/tokens`;
      const body = writeFields('getToken', tokenNames, params);
      refuseNull('getToken', params);
      const { jwt } = await callApi<TokenJSON>(connection, { method: 'POST', path, body });
      return { jwt };
    },

    async verifySession(sessionId, token) {
      const path = `/sessions/${requireId('verifySession', 'sessionId', sessionId)}/verify`;
      return call({
        method: 'POST',
        path,
        body: { token: requireText('verifySession', 'token', token) },
      });
    },
  };
}
