/** A mail that the development server kept instead of sending it. */
export interface MailboxMessage {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly created_at: number;
}

/** The kept mails, newest first. Throws where the server has no mailbox, as in production. */
export async function listMessages(): Promise<readonly MailboxMessage[]> {
  const answer = await fetch('/mailbox/messages', { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`The mailbox answered ${answer.status}.`);
  const { data } = (await answer.json()) as { data: MailboxMessage[] };
  return data.toSorted((a, b) => b.created_at - a.created_at);
}

/** Throws away every kept mail. */
export async function deleteMessages(): Promise<void> {
  const answer = await fetch('/mailbox/messages', { method: 'DELETE' });
  if (!answer.ok) throw new Error(`The mailbox answered ${answer.status}.`);
}

/** The first code of six digits that stands alone in a text. */
export function findCode(text: string): string | undefined {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
}
