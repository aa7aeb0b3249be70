import type { Scope } from '../../domain/key/scopes.ts';

const tickets = ['tickets:read', 'tickets:revoke'] as const;
const users = ['users:read', 'users:write'] as const;
const sessions = ['sessions:read', 'sessions:write'] as const;
const invitations = ['invitations:read', 'invitations:write'] as const;
const organizations = ['organizations:read', 'organizations:write'] as const;
const instance = ['instance:read', 'instance:write'] as const;

/** By the first part of the path: what reading takes, and what everything else does. */
const scopesOfPart: Readonly<Record<string, readonly [Scope, Scope]>> = {
  sign_in_tokens: tickets,
  actor_tokens: tickets,
  users,
  sessions,
  clients: sessions,
  invitations,
  organizations,
  organization_invitations: organizations,
  redirect_urls: instance,
  enterprise_connections: instance,
  instance,
  jwks: instance,
  audit_log: ['audit:read', 'audit:read'],
  // They say nothing and open nothing.
  testing_tokens: ['instance:read', 'instance:read'],
};

/** Calls whose scope does not follow from their path and method. */
const exceptions: Readonly<Record<string, Scope>> = {
  'POST /v1/sign_in_tokens': 'tickets:create',
  'POST /v1/actor_tokens': 'tickets:impersonate',
  // They are asked something and change nothing.
  'POST /v1/sessions/:sessionId/verify': 'sessions:read',
  'POST /v1/clients/verify': 'sessions:read',
};

/** The scope that a route takes. Throws for one that nobody thought of: it is open to no key with scopes. */
export function scopeOf(method: string, route: string): Scope {
  const [reading, writing] = scopesOfPart[route.split('/')[2] ?? ''] ?? [];
  const isReading = method === 'GET' || method === 'HEAD';
  const scope = exceptions[`${method} ${route}`] ?? (isReading ? reading : writing);
  if (scope === undefined) throw new TypeError(`no scope is known for ${method} ${route}`);
  return scope;
}
