import type { RedirectUrlJSON } from '@willcall/contract';
import type { Stage } from './stage.ts';

/** A redirect URL of the instance. */
export function redirectUrlParts({ service, number }: Stage) {
  return {
    async redirectUrlId() {
      const fields = { url: `myapp://callback/${number}` };
      return (await service.backend<RedirectUrlJSON>('POST', '/v1/redirect_urls', fields)).body.id;
    },
  };
}

/** A mail in the mailbox of the development. */
export function mailboxParts({ service }: Stage) {
  return {
    async mailId() {
      const text = 'Hello';
      const mail = { to: 'somebody@example.com', subject: text, text, html: '<p>Hello</p>' };
      await service.world.mailer.send(mail);
      const [newest] = await service.world.store.mailbox.list();
      return newest?.id ?? '';
    },
  };
}
