import { refuseField } from '../refusal.ts';
import type { World } from '../world.ts';
import { isAllowedDestination } from './origins.ts';

/** Refuses an address outside the allowed origins with `redirect_url_mismatch`; none is fine. */
export function refuseForeignDestination(
  { instance }: World,
  field: string,
  url: string | undefined,
): void {
  if (url === undefined || isAllowedDestination(instance, url)) return;
  throw refuseField(
    'redirect_url_mismatch',
    field,
    `The origin of ${field} is not among the allowed origins. Add it to allowed_origins.`,
  );
}
