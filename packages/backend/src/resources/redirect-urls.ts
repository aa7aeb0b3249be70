import type { CountedPageJSON, DeletedObjectJSON, RedirectUrlJSON } from '@willcall/contract';
import { requireId, requireText } from '../arguments/require.ts';
import { type FieldNames } from '../arguments/write-fields.ts';
import { writeFilter } from '../arguments/write-filter.ts';
import { callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';
import { type DeletedObject, readDeleted } from '../wire/deleted.ts';

/** An address of an app that the instance knows. Times are epoch milliseconds. */
export interface RedirectUrl {
  readonly id: string;
  readonly url: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface RedirectUrlListParams {
  /** 1 to 500, 10 by default. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface RedirectUrlList {
  readonly data: readonly RedirectUrl[];
  readonly totalCount: number;
}

/** Redirect URLs. An unknown id is refused with `resource_not_found`. */
export interface RedirectUrls {
  getRedirectUrlList(params?: RedirectUrlListParams): Promise<RedirectUrlList>;
  getRedirectUrl(redirectUrlId: string): Promise<RedirectUrl>;
  createRedirectUrl(params: { readonly url: string }): Promise<RedirectUrl>;
  deleteRedirectUrl(redirectUrlId: string): Promise<DeletedObject>;
}

const listNames: FieldNames<RedirectUrlListParams> = { limit: 'limit', offset: 'offset' };

/** `/v1/redirect_urls`. */
export function redirectUrls(connection: Connection): RedirectUrls {
  return {
    async getRedirectUrlList(params = {}) {
      const query = { ...writeFilter('getRedirectUrlList', listNames, params), paginated: true };
      const request = { method: 'GET', path: '/redirect_urls', query } as const;
      const page = await callApi<CountedPageJSON<RedirectUrlJSON>>(connection, request);
      return { data: page.data.map(readRedirectUrl), totalCount: page.total_count };
    },

    async getRedirectUrl(redirectUrlId) {
      const path = `/redirect_urls/${requireId('getRedirectUrl', 'redirectUrlId', redirectUrlId)}`;
      return readRedirectUrl(await callApi<RedirectUrlJSON>(connection, { method: 'GET', path }));
    },

    async createRedirectUrl({ url }) {
      const body = { url: requireText('createRedirectUrl', 'url', url) };
      const request = { method: 'POST', path: '/redirect_urls', body } as const;
      return readRedirectUrl(await callApi<RedirectUrlJSON>(connection, request));
    },

    async deleteRedirectUrl(redirectUrlId) {
      const path = `/redirect_urls/${requireId('deleteRedirectUrl', 'redirectUrlId', redirectUrlId)}`;
      return readDeleted(await callApi<DeletedObjectJSON>(connection, { method: 'DELETE', path }));
    },
  };
}

function readRedirectUrl(json: RedirectUrlJSON): RedirectUrl {
  return { id: json.id, url: json.url, createdAt: json.created_at, updatedAt: json.updated_at };
}
