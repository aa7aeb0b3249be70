import type { InstanceJSON, SigningKeyJSON, TestingTokenJSON } from '@willcall/contract';
import { type FieldNames, writeFields } from '../arguments/write-fields.ts';
import { callApi } from '../connection/call.ts';
import type { Connection } from '../connection/connect.ts';

/** One set of users, keys and settings. */
export interface Instance {
  readonly id: string;
  readonly environmentType: 'development' | 'production';
  readonly allowedOrigins: readonly string[];
}

export interface UpdateInstanceParams {
  /** Replaces the list. Exact origins, such as `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Where a person asks for a new sign-in link: an http, https or mailto address. */
  readonly newLinkUrl?: string | undefined;
  readonly supportEmail?: string | undefined;
  /** Whether test addresses take the fixed code. Development only. */
  readonly testMode?: boolean | undefined;
  /** Whether sign-in and sign-up tell nobody who has an account. */
  readonly enumerationProtection?: boolean | undefined;
}

export interface InstanceApi {
  get(): Promise<Instance>;
  update(params: UpdateInstanceParams): Promise<void>;
}

export interface TestingToken {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface TestingTokens {
  /** A token of an hour that marks the calls of an end-to-end test. */
  createTestingToken(): Promise<TestingToken>;
}

export interface Jwks {
  /** The public keys that verify session tokens. */
  getJwks(): Promise<{ readonly keys: readonly SigningKeyJSON[] }>;
}

const updateNames: FieldNames<UpdateInstanceParams> = {
  allowedOrigins: 'allowed_origins',
  newLinkUrl: 'new_link_url',
  supportEmail: 'support_email',
  testMode: 'test_mode',
  enumerationProtection: 'enumeration_protection',
};

/** `/v1/instance`. */
export function instance(connection: Connection): InstanceApi {
  return {
    async get() {
      const json = await callApi<InstanceJSON>(connection, { method: 'GET', path: '/instance' });
      return {
        id: json.id,
        environmentType: json.environment_type,
        allowedOrigins: json.allowed_origins ?? [],
      };
    },
    async update(params) {
      const body = writeFields('update', updateNames, params);
      await callApi<undefined>(connection, { method: 'PATCH', path: '/instance', body });
    },
  };
}

/** `/v1/testing_tokens`. */
export function testingTokens(connection: Connection): TestingTokens {
  return {
    async createTestingToken() {
      const json = await callApi<TestingTokenJSON>(connection, {
        method: 'POST',
        path: '/testing_tokens',
      });
      return { token: json.token, expiresAt: json.expires_at * 1000 };
    },
  };
}

/** `/v1/jwks`. */
export function jwks(connection: Connection): Jwks {
  return { getJwks: () => callApi(connection, { method: 'GET', path: '/jwks' }) };
}
