import type { UserOrder } from '@willcall/contract';
import { normalizeIdentifier } from '../domain/user/email-address.ts';
import type { UserFilter, UserPage } from '../domain/user/user.ts';
import { anywhere } from './columns.ts';
import type { SqlValue } from './engine.ts';

interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The WHERE clause of a list of users. Values of one kind are alternatives; kinds narrow each other. */
export function filterUsers(filter: UserFilter): { sql: string; values: SqlValue[] } {
  const conditions = [
    anyOf('u.id', filter.ids),
    anyOf('u.external_id', filter.externalIds),
    anyOf('u.username_key', filter.usernames?.map(normalizeIdentifier)),
    anyIdentification('email_address', filter.emailAddresses),
    anyIdentification('phone_number', filter.phoneNumbers),
    searched(filter.query, [...nameColumns, 'u.id', 'u.username_key', 'u.external_id'], anyKind),
    searched(filter.emailAddressQuery, [], "kind = 'email_address' AND "),
    searched(filter.phoneNumberQuery, [], "kind = 'phone_number' AND "),
    searched(filter.usernameQuery, ['u.username_key']),
    searched(filter.nameQuery, nameColumns),
    filter.banned === undefined
      ? undefined
      : { sql: 'u.is_banned = ?', values: [filter.banned ? 1 : 0] },
    bound('u.created_at <', filter.createdAtBefore),
    bound('u.created_at >', filter.createdAtAfter),
    bound('u.last_active_at <', filter.lastActiveAtBefore),
    bound('u.last_active_at >', filter.lastActiveAtAfter),
    bound('u.last_sign_in_at <', filter.lastSignInAtBefore),
    bound('u.last_sign_in_at >', filter.lastSignInAtAfter),
  ].filter((condition): condition is Condition => condition !== undefined);
  return {
    sql: conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '',
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The ORDER BY list; ids break ties, so that pages do not overlap. */
export function orderUsers(page: Pick<UserPage, 'orderBy' | 'isAscending'>): string {
  const direction = page.isAscending ? 'ASC' : 'DESC';
  const column = orderColumn(page.orderBy);
  // Engines differ in where nothing stands. What is never missing keeps its index.
  const nothing = page.isAscending ? 'NULLS FIRST' : 'NULLS LAST';
  const placed = alwaysThere.has(page.orderBy) ? direction : `${direction} ${nothing}`;
  return `${column} ${placed}, u.id ${direction}`;
}

const alwaysThere: ReadonlySet<UserOrder> = new Set(['created_at', 'updated_at']);

function orderColumn(orderBy: UserOrder): string {
  if (orderBy !== 'email_address' && orderBy !== 'phone_number') return `u.${orderBy}`;
  // With the kind as a condition SQLite would read all addresses of that kind for each user.
  return `(SELECT min(CASE WHEN i.kind = '${orderBy}' THEN i.value_key END) FROM identifications i WHERE i.user_id = u.id)`;
}

function anyOf(column: string, values: readonly string[] | undefined): Condition | undefined {
  if (values === undefined) return undefined;
  return { sql: `${column} IN (${marks(values)})`, values };
}

function anyIdentification(
  kind: string,
  given: readonly string[] | undefined,
): Condition | undefined {
  if (given === undefined) return undefined;
  const values = given.map(normalizeIdentifier);
  const sql = `u.id IN (SELECT user_id FROM identifications WHERE kind = ? AND value_key IN (${marks(values)}))`;
  return { sql, values: [kind, ...values] };
}

/**
 * A text somewhere in one of the columns, or in an address where `addresses` says which.
 * First and last name are searched together, as one would type them.
 */
function searched(
  query: string | undefined,
  columns: readonly string[],
  addresses?: string,
): Condition | undefined {
  if (query === undefined) return undefined;
  const pattern = anywhere(normalizeIdentifier(query));
  const alternatives = columns.map((column) => `lower(${column}) LIKE ? ESCAPE '!'`);
  if (addresses !== undefined) {
    const found = `SELECT user_id FROM identifications WHERE ${addresses}value_key LIKE ? ESCAPE '!'`;
    alternatives.push(`u.id IN (${found})`);
  }
  return { sql: `(${alternatives.join(' OR ')})`, values: alternatives.map(() => pattern) };
}

const nameColumns = ["coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')"];
const anyKind = '';

function bound(comparison: string, value: number | undefined): Condition | undefined {
  return value === undefined ? undefined : { sql: `${comparison} ?`, values: [value] };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
