import { useCallback, useEffect, useState } from 'react';
import type { OrganizationMembership, User } from '@willcall/browser';

export interface Memberships {
  /** `undefined` until the server has answered. */
  readonly memberships: readonly OrganizationMembership[] | undefined;
  /** Why it could not be asked. */
  readonly error: unknown;
  readonly reload: () => void;
}

/** The organizations of a user, by name. */
export function useMemberships(user: User): Memberships {
  const [memberships, setMemberships] = useState<readonly OrganizationMembership[]>();
  const [error, setError] = useState<unknown>();
  const { getOrganizationMemberships } = user;
  const reload = useCallback(() => {
    getOrganizationMemberships().then(
      (all) => {
        setError(undefined);
        setMemberships(
          all.toSorted((a, b) => a.organization.name.localeCompare(b.organization.name)),
        );
      },
      (failure: unknown) => setError(failure),
    );
  }, [getOrganizationMemberships]);
  useEffect(reload, [reload]);
  return { memberships, error, reload };
}
