import { Refusal } from '../refusal.ts';
import type { SecretKey } from './secret-key.ts';

/** What a secret key may be good for. A key that names none is good for everything. */
export const scopes = [
  'tickets:create',
  'tickets:impersonate',
  'tickets:read',
  'tickets:revoke',
  'users:read',
  'users:write',
  'sessions:read',
  'sessions:write',
  'invitations:read',
  'invitations:write',
  'organizations:read',
  'organizations:write',
  'instance:read',
  'instance:write',
  'audit:read',
] as const;

export type Scope = (typeof scopes)[number];

/** Whether a text is the name of a scope. */
export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text);
}

/** Whether a key is good for this. */
export function hasScope(key: Pick<SecretKey, 'scopes'>, scope: Scope): boolean {
  return key.scopes === undefined || key.scopes.includes(scope);
}

/** Refuses a key that was made for other things (`secret_key_scope_missing`). */
export function requireScope(key: Pick<SecretKey, 'scopes'>, scope: Scope): void {
  if (hasScope(key, scope)) return;
  throw new Refusal(
    'secret_key_scope_missing',
    `This secret key has no scope ${scope}. Use a key that has it, or make one with willcall keys create.`,
  );
}
