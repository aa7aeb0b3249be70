import { addMember, createOrganization, invite, inviteMember } from '../../invited.ts';
import { addressOf, createPerson } from '../../people.ts';
import { once, type Stage } from './stage.ts';

/** An organization of the person with another member, and invitations to it and to the application. */
export function organizationParts({ service, person }: Stage) {
  const organization = once(async () =>
    createOrganization(service, { created_by: (await person()).id }),
  );
  return {
    organizationId: async () => (await organization()).id,
    async memberId() {
      const member = await createPerson(service);
      await addMember(service, (await organization()).id, member);
      return member.id;
    },
    memberInvitationId: async () => (await inviteMember(service, (await organization()).id)).id,
    async ownInvitationId() {
      const { id } = await createOrganization(service);
      const email_address = addressOf(await person());
      return (await inviteMember(service, id, { email_address })).id;
    },
    invitationId: async () => (await invite(service)).id,
  };
}
