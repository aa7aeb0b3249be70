import type { Migration } from '../migrations.ts';

/** What is looked for when a user, an organization or a connection goes, or tokens of one kind are listed. */
export const foundByOthers: Migration = {
  name: '021-found-by-others',
  statements: [
    `CREATE INDEX invitations_by_accepted_user ON invitations (accepted_user_id)
      WHERE accepted_user_id IS NOT NULL`,
    'CREATE INDEX client_gestures_by_user ON client_gestures (user_id)',
    `CREATE INDEX sessions_by_organization ON sessions (organization_id)
      WHERE organization_id IS NOT NULL`,
    'CREATE INDEX dev_browsers_by_client ON dev_browsers (client_id)',
    "CREATE INDEX actor_tokens ON sign_in_tokens (id) WHERE kind = 'actor_token'",
  ],
};
