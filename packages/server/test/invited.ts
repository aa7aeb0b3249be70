import type {
  BackendOrganizationJSON,
  BackendUserJSON,
  InvitationJSON,
  OrganizationInvitationJSON,
  SignUpJSON,
} from '@willcall/contract';
import type { Browser, PageAnswer } from './browser.ts';
import type { TestService } from './service.ts';

let count = 0;

/** An address that nobody has yet. */
export function freshAddress(): string {
  count += 1;
  return `invited${count}@example.com`;
}

/** An invitation to make an account, with the ticket of its link. */
export async function invite(
  service: TestService,
  fields: object = {},
): Promise<InvitationJSON & { ticket: string }> {
  const given = { email_address: freshAddress(), notify: false, ...fields };
  const { body } = await service.backend<InvitationJSON>('POST', '/v1/invitations', given);
  return { ...body, ticket: ticketOf(body.url) };
}

/** An organization, which this user administers. */
export async function createOrganization(
  service: TestService,
  fields: object = {},
): Promise<BackendOrganizationJSON> {
  const { status, body } = await service.backend<BackendOrganizationJSON>(
    'POST',
    '/v1/organizations',
    {
      name: 'The Company',
      ...fields,
    },
  );
  if (status !== 200) throw new Error(`no organization was created: ${JSON.stringify(body)}`);
  return body;
}

/** Makes a user a member. */
export async function addMember(
  service: TestService,
  organizationId: string,
  user: Pick<BackendUserJSON, 'id'>,
  role = 'org:member',
): Promise<void> {
  const url = `/v1/organizations/${organizationId}/memberships`;
  const { status, body } = await service.backend('POST', url, { user_id: user.id, role });
  if (status !== 200) throw new Error(`nobody became a member: ${JSON.stringify(body)}`);
}

/** An invitation to an organization, with the ticket of its link. */
export async function inviteMember(
  service: TestService,
  organizationId: string,
  fields: object = {},
): Promise<OrganizationInvitationJSON & { ticket: string }> {
  const given = { email_address: freshAddress(), role: 'org:member', notify: false, ...fields };
  const url = `/v1/organizations/${organizationId}/invitations`;
  const { body } = await service.backend<OrganizationInvitationJSON>('POST', url, given);
  return { ...body, ticket: ticketOf(body.url) };
}

/** Signs up by a ticket. */
export function signUp(
  browser: Browser,
  ticket: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<PageAnswer<SignUpJSON>> {
  return browser.post<SignUpJSON>('/v1/client/sign_ups', { strategy: 'ticket', ticket, ...fields });
}

function ticketOf(url: string | null | undefined): string {
  const ticket = url ? new URL(url).searchParams.get('ticket') : undefined;
  if (!ticket) throw new Error(`the link holds no ticket: ${String(url)}`);
  return ticket;
}
