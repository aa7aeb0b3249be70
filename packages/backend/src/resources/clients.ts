import type { BackendClientJSON } from '@willcall/contract';
import { requireId, requireText } from '../arguments/require.ts';
import { type Call, callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import { readSession, type Session } from '../wire/sessions.ts';

/** One browser or app install, with its live sessions. Times are epoch milliseconds. */
export interface Client {
  readonly id: string;
  readonly sessions: readonly Session[];
  readonly lastActiveSessionId: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Clients {
  /** Refused: `resource_not_found`. */
  getClient(clientId: string): Promise<Client>;
  /** The client that a client token (the `__client` cookie) belongs to. Refused: `authentication_invalid`. */
  verifyClient(token: string): Promise<Client>;
}

/** `/v1/clients`. */
export function clients(connection: Connection): Clients {
  const call = async (request: Call) =>
    readClient(await callApi<BackendClientJSON>(connection, request));
  return {
    getClient: async (clientId) =>
      call({ method: 'GET', path: `/clients/${requireId('getClient', 'clientId', clientId)}` }),
    verifyClient: async (token) =>
      call({
        method: 'POST',
        path: '/clients/verify',
        body: { token: requireText('verifyClient', 'token', token) },
      }),
  };
}

function readClient(json: BackendClientJSON): Client {
  return {
    id: json.id,
    sessions: json.sessions.map(readSession),
    lastActiveSessionId: json.last_active_session_id ?? undefined,
    createdAt: json.created_at,
    updatedAt: json.updated_at,
  };
}
