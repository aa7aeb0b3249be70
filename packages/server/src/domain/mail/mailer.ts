/** A message to one person. `text` is complete by itself; `html` says the same. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mail to whatever delivers it. */
export interface Mailer {
  /** Resolves when the next hop has taken it. */
  send(mail: Mail): Promise<void>;
  /**
   * Hands it over while the caller goes on: neither the time of an answer nor a mail server's
   * refusal tells whether there was a mail. What cannot be sent is told to the operator alone.
   */
  post(mail: Mail): void;
  /** Resolves when all that was posted is taken or given up. */
  settled(): Promise<void>;
}

/** A mail that a development instance kept instead of sending it. */
export interface KeptMail extends Mail {
  readonly id: string;
  readonly createdAt: number;
}

export interface MailboxStore {
  keep(mail: KeptMail): Promise<void>;
  /** Newest first, at most 200. */
  list(): Promise<readonly KeptMail[]>;
  find(id: string): Promise<KeptMail | undefined>;
  clear(): Promise<void>;
}
