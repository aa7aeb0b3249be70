import type { Mail } from './mailer.ts';

/** The mail with the code for signing in. */
export function signInCodeMail(applicationName: string, to: string, code: string): Mail {
  return codeMail(to, code, {
    subject: `${code} is your code for ${applicationName}`,
    lead: `Your code to sign in to ${applicationName}:`,
    closing:
      'If you did not try to sign in, you can ignore this mail; nobody can sign in without the code.',
  });
}

/** The mail with the code that proves a device which nobody has seen the person use. */
export function newDeviceCodeMail(applicationName: string, to: string, code: string): Mail {
  return codeMail(to, code, {
    subject: `${code} is your code for ${applicationName} on a new device`,
    lead: `Somebody signs in to ${applicationName} with your account on a device that we do not know. The code, if it is you:`,
    closing:
      'If it is not you, give the code to nobody and change your password: whoever it is knows it.',
  });
}

/** The mail with the code for a new password. */
export function resetCodeMail(applicationName: string, to: string, code: string): Mail {
  return codeMail(to, code, {
    subject: `${code} is your code for a new ${applicationName} password`,
    lead: `Your code to choose a new password for ${applicationName}:`,
    closing: 'If you did not ask for it, you can ignore this mail; your password stays as it is.',
  });
}

/** The mail with the code that proves the address of a new account. */
export function signUpCodeMail(applicationName: string, to: string, code: string): Mail {
  return codeMail(to, code, {
    subject: `${code} is your code for ${applicationName}`,
    lead: `Your code to finish your ${applicationName} account:`,
    closing: 'If you did not make an account, you can ignore this mail.',
  });
}

/** The mail for somebody who makes an account a second time, or whose address somebody else tries. */
export function accountNoticeMail(applicationName: string, to: string, link: string): Mail {
  return linkMail(to, link, {
    subject: `You have a ${applicationName} account already`,
    lead: `Somebody tried to make a ${applicationName} account with this address. There is one already. If it was you, sign in here:`,
    label: 'Sign in',
    note: 'If you do not know your password, you can choose a new one there.',
    closing: 'If it was not you, you can ignore this mail; nothing has changed.',
  });
}

/** What an invitation by mail says. */
export interface InvitationWords {
  readonly applicationName: string;
  /** Who invites: the application, or an organization in it. */
  readonly host: string;
}

/** The mail with the link of an invitation. */
export function invitationMail(
  { applicationName, host }: InvitationWords,
  to: string,
  link: string,
): Mail {
  const where = host === applicationName ? '' : ` on ${applicationName}`;
  return linkMail(to, link, {
    subject: `You are invited to ${host}`.replaceAll(/[\r\n]+/g, ' '),
    lead: `You are invited to ${host}${where}. Open this link to accept:`,
    label: 'Accept the invitation',
    note: 'The link can be used once.',
    closing:
      'If you did not expect it, you can ignore this mail; nothing happens without the link.',
  });
}

interface LinkWords {
  readonly subject: string;
  readonly lead: string;
  /** What the link says in HTML. */
  readonly label: string;
  readonly note: string;
  readonly closing: string;
}

function linkMail(to: string, link: string, words: LinkWords): Mail {
  return {
    to,
    subject: words.subject,
    text: `${words.lead}\n\n    ${link}\n\n${words.note}\n${words.closing}\n`,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><body style="margin:0;padding:32px 16px;background:#f6f4ef;color:#1c1a17;font:16px/1.5 system-ui,sans-serif"><div style="max-width:440px;margin:0 auto;background:#fff;border-radius:12px;padding:32px"><p style="margin:0 0 16px">${escapeHtml(words.lead)}</p><p style="margin:0 0 16px"><a href="${escapeHtml(link)}" style="color:#1c1a17;font-weight:600">${escapeHtml(words.label)}</a></p><p style="margin:0 0 8px">${escapeHtml(words.note)}</p><p style="margin:0;color:#6b655c">${escapeHtml(words.closing)}</p></div></body></html>`,
  };
}

function codeMail(
  to: string,
  code: string,
  words: { subject: string; lead: string; closing: string },
): Mail {
  const validity = 'It is good for 10 minutes and can be used once.';
  return {
    to,
    subject: words.subject,
    text: `${words.lead}\n\n    ${code}\n\n${validity}\n${words.closing}\n`,
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><body style="margin:0;padding:32px 16px;background:#f6f4ef;color:#1c1a17;font:16px/1.5 system-ui,sans-serif"><div style="max-width:440px;margin:0 auto;background:#fff;border-radius:12px;padding:32px"><p style="margin:0 0 16px">${escapeHtml(words.lead)}</p><p style="margin:0 0 16px;font:600 32px/1.2 ui-monospace,monospace;letter-spacing:.2em">${escapeHtml(code)}</p><p style="margin:0 0 8px">${validity}</p><p style="margin:0;color:#6b655c">${escapeHtml(words.closing)}</p></div></body></html>`,
  };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
