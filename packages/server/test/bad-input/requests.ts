import type { GoodRequests } from './good-request.ts';
import { clientRequests } from './requests/client.ts';
import { freshProofRequests } from './requests/fresh-proofs.ts';
import { instanceRequests } from './requests/instance.ts';
import { invitationRequests } from './requests/invitations.ts';
import { myRequests } from './requests/me.ts';
import { organizationRequests } from './requests/organizations.ts';
import { pageRequests } from './requests/pages.ts';
import { secondFactorRequests } from './requests/second-factors.ts';
import { sessionRequests } from './requests/sessions.ts';
import { signInRequests } from './requests/sign-ins.ts';
import { signUpRequests } from './requests/sign-ups.ts';
import { tokenRequests } from './requests/tokens.ts';
import { userRequests } from './requests/users.ts';

/** The good request of each route. A route that is missing here fails the test. */
export const goodRequests: GoodRequests = {
  ...userRequests,
  ...secondFactorRequests,
  ...tokenRequests,
  ...sessionRequests,
  ...instanceRequests,
  ...invitationRequests,
  ...organizationRequests,
  ...clientRequests,
  ...freshProofRequests,
  ...myRequests,
  ...signInRequests,
  ...signUpRequests,
  ...pageRequests,
};
