import { createTransport } from 'nodemailer';
import { newId } from '../domain/id.ts';
import type { Mail, Mailer } from '../domain/mail/mailer.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Store } from '../domain/store.ts';
import type { World } from '../domain/world.ts';

/** The next hop of a mail. */
type Delivery = Pick<Mailer, 'send'>;

/**
 * A mailer over a delivery.
 *
 * @param onLost is told why a posted mail could not be sent
 */
export function openMailer(delivery: Delivery, onLost: (error: unknown) => void): Mailer {
  const underWay = new Set<Promise<void>>();
  return {
    send: (mail: Mail) => delivery.send(mail),
    post(mail) {
      const sending = delivery
        .send(mail)
        .catch(onLost)
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Sends by SMTP. `url` is `smtp://` or `smtps://`, with user and password where the server wants them. */
export function smtpMailer(url: string, from: string): Delivery {
  const transport = createTransport({ url, ...patience }, { from });
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
        });
      } catch (cause) {
        throw new Refusal(
          'service_unavailable',
          'The mail could not be sent. Try again in a moment.',
          {},
          { cause },
        );
      }
    },
  };
}

/** A person waits for the answer: a mail server that does not speak is given up soon. Milliseconds. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Keeps every mail in the store, for `/mailbox`. */
export function mailboxMailer(store: Store, world: Pick<World, 'clock' | 'randomBytes'>): Delivery {
  return {
    async send(mail) {
      await store.mailbox.keep({ ...mail, id: newId(world, 'mail'), createdAt: world.clock.now() });
    },
  };
}

/** Refuses to send: for an instance in which nothing is ever sent. */
export function noMailer(): Delivery {
  return {
    async send() {
      throw new Refusal(
        'mail_not_enabled_in_instance',
        'This server has nothing to send mails with. Its operator has to set WILLCALL_SMTP_URL.',
      );
    },
  };
}
