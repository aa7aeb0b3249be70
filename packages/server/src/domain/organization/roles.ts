import { refuseField } from '../refusal.ts';
import type { Role } from './organization.ts';

/** The roles that there are, with their names for people and what they may do. */
export const roles: Readonly<
  Record<Role, { readonly name: string; readonly permissions: readonly string[] }>
> = {
  'org:admin': {
    name: 'Admin',
    permissions: [
      'org:sys_profile:manage',
      'org:sys_profile:delete',
      'org:sys_memberships:read',
      'org:sys_memberships:manage',
    ],
  },
  'org:member': { name: 'Member', permissions: ['org:sys_memberships:read'] },
};

/** A role by its key. Refuses what is none with `form_param_value_invalid`. */
export function parseRole(text: string): Role {
  if (Object.hasOwn(roles, text)) return text as Role;
  throw refuseField(
    'form_param_value_invalid',
    'role',
    `A role is one of ${Object.keys(roles).join(', ')}.`,
  );
}
