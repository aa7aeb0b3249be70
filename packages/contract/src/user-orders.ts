/** What a list of users can be ordered by, in wire spelling. */
export const userOrders = [
  'created_at',
  'updated_at',
  'last_active_at',
  'last_sign_in_at',
  'username',
  'first_name',
  'last_name',
  'email_address',
  'phone_number',
] as const;

export type UserOrder = (typeof userOrders)[number];
