/** Refusals that say: nobody has the address yet for which the ticket was made. */
export const missingAccount: readonly string[] = [
  'invitation_account_not_exists',
  'organization_invitation_identification_not_exist',
];
