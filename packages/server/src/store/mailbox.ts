import type { KeptMail, MailboxStore } from '../domain/mail/mailer.ts';
import { number, text } from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** Keeps the mails of a development instance. */
export function mailboxStore(engine: Engine): MailboxStore {
  return {
    async keep(mail) {
      const sql =
        'INSERT INTO kept_mails (id, recipient, subject, text_body, html_body, created_at) VALUES (?, ?, ?, ?, ?, ?)';
      await engine.write((tx) =>
        tx.run(sql, mail.id, mail.to, mail.subject, mail.text, mail.html, mail.createdAt),
      );
    },
    async list() {
      return (await engine.all('SELECT * FROM kept_mails ORDER BY id DESC LIMIT 200')).map(
        readMail,
      );
    },
    async find(id) {
      const row = await engine.get('SELECT * FROM kept_mails WHERE id = ?', id);
      return row && readMail(row);
    },
    async clear() {
      await engine.write((tx) => tx.run('DELETE FROM kept_mails'));
    },
  };
}

function readMail(row: Row): KeptMail {
  return {
    id: text(row, 'id'),
    to: text(row, 'recipient'),
    subject: text(row, 'subject'),
    text: text(row, 'text_body'),
    html: text(row, 'html_body'),
    createdAt: number(row, 'created_at'),
  };
}
