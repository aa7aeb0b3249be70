import { z } from 'zod';
import type { InvitationPage } from '../../domain/invitation/invitation.ts';
import { listField, metadataField } from './fields.ts';

/** What both kinds of invitations are created with. */
export const invitationFields = {
  email_address: z.string().min(1).max(320),
  public_metadata: metadataField.nullish(),
  redirect_url: z.string().max(2048).nullish(),
  expires_in_days: z.int().min(1).max(365).nullish(),
  notify: z.boolean().nullish(),
};

/** One status or several. */
export const statusField = listField
  .pipe(z.array(z.enum(['pending', 'accepted', 'revoked', 'expired'])).min(1))
  .optional();

/** What a list is ordered by; `-` before it turns it round. A `+` in a query arrives as a space. */
export function orderField(names: readonly string[]) {
  return z
    .string()
    .regex(
      new RegExp(`^[+ -]?(${names.join('|')})$`),
      `one of ${names.join(', ')}, with - before it to turn it round`,
    )
    .default('-created_at');
}

/** An order of invitations that was parsed. */
export function readInvitationOrder(
  order: string,
): Pick<InvitationPage, 'orderBy' | 'isAscending'> {
  return {
    orderBy: order.replace(/^[+ -]/, '') as InvitationPage['orderBy'],
    isAscending: !order.startsWith('-'),
  };
}
