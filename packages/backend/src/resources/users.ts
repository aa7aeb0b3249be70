import type { BackendUserJSON, DeletedObjectJSON, TotalCountJSON } from '@willcall/contract';
import { requireId, requireText } from '../arguments/require.ts';
import { writeFields } from '../arguments/write-fields.ts';
import { writeFilter } from '../arguments/write-filter.ts';
import { type Call, callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import { type DeletedObject, readDeleted } from '../wire/deleted.ts';
import { readUser, type User } from '../wire/users.ts';
import {
  type CreateUserParams,
  createUserNames,
  metadataNames,
  type UpdateUserParams,
  updateUserNames,
  type UserCountParams,
  userCountNames,
  type UserListParams,
  userListNames,
  type UserMetadataParams,
} from './user-fields.ts';

export interface UserList {
  readonly data: readonly User[];
  /** How many users match, on all pages together. */
  readonly totalCount: number;
}

/** Users. An unknown id is refused with `resource_not_found`. */
export interface Users {
  /** Users that match, newest first unless `orderBy` says otherwise, and how many there are. */
  getUserList(params?: UserListParams): Promise<UserList>;
  getCount(params?: UserCountParams): Promise<number>;
  getUser(userId: string): Promise<User>;
  /** Refused: `form_identifier_exists` for an address, number or name that is taken. */
  createUser(params: CreateUserParams): Promise<User>;
  /** Changes what is named and leaves the rest. Metadata that is named is replaced. */
  updateUser(userId: string, params: UpdateUserParams): Promise<User>;
  /** Merges metadata, key by key. */
  updateUserMetadata(userId: string, params: UserMetadataParams): Promise<User>;
  deleteUser(userId: string): Promise<DeletedObject>;
  /** Ends all sessions and lets nobody sign in as this user. */
  banUser(userId: string): Promise<User>;
  unbanUser(userId: string): Promise<User>;
  /** Keeps the user from signing in for the instance's lockout time. */
  lockUser(userId: string): Promise<User>;
  unlockUser(userId: string): Promise<User>;
  /** Refused: `form_password_incorrect`, `strategy_for_user_invalid`. */
  verifyPassword(params: {
    readonly userId: string;
    readonly password: string;
  }): Promise<{ verified: true }>;
}

/** `/v1/users`. */
export function users(connection: Connection): Users {
  const call = async (request: Call) =>
    readUser(await callApi<BackendUserJSON>(connection, request));

  function verb(name: string, path: string) {
    return async (userId: string): Promise<User> =>
      call({ method: 'POST', path: `/users/${requireId(name, 'userId', userId)}/${path}` });
  }

  async function count(query: Call['query'] & object): Promise<number> {
    const answer = await callApi<TotalCountJSON>(connection, {
      method: 'GET',
      path: '/users/count',
      query,
    });
    return answer.total_count;
  }

  return {
    async getUserList(params = {}) {
      const query = writeFilter('getUserList', userListNames, params);
      const { limit: _limit, offset: _offset, order_by: _orderBy, ...filter } = query;
      const [data, totalCount] = await Promise.all([
        callApi<BackendUserJSON[]>(connection, { method: 'GET', path: '/users', query }),
        count(filter),
      ]);
      return { data: data.map(readUser), totalCount };
    },

    getCount: async (params = {}) => count(writeFilter('getCount', userCountNames, params)),

    getUser: async (userId) =>
      call({ method: 'GET', path: `/users/${requireId('getUser', 'userId', userId)}` }),

    createUser: async (params) =>
      call({
        method: 'POST',
        path: '/users',
        body: writeFields('createUser', createUserNames, params),
      }),

    async updateUser(userId, params) {
      const path = `/users/${requireId('updateUser', 'userId', userId)}`;
      return call({
        method: 'PATCH',
        path,
        body: writeFields('updateUser', updateUserNames, params),
      });
    },

    async updateUserMetadata(userId, params) {
      const path = `/users/${requireId('updateUserMetadata', 'userId', userId)}/metadata`;
      return call({
        method: 'PATCH',
        path,
        body: writeFields('updateUserMetadata', metadataNames, params),
      });
    },

    async deleteUser(userId) {
      const path = `/users/${requireId('deleteUser', 'userId', userId)}`;
      return readDeleted(await callApi<DeletedObjectJSON>(connection, { method: 'DELETE', path }));
    },

    banUser: verb('banUser', 'ban'),
    unbanUser: verb('unbanUser', 'unban'),
    lockUser: verb('lockUser', 'lock'),
    unlockUser: verb('unlockUser', 'unlock'),

    async verifyPassword({ userId, password }) {
      const path = `/users/${requireId('verifyPassword', 'userId', userId)}/verify_password`;
      const body = { password: requireText('verifyPassword', 'password', password) };
      return callApi<{ verified: true }>(connection, { method: 'POST', path, body });
    },
  };
}
