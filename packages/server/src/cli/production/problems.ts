import type { Environment } from '../../config.ts';
import { productionProblems } from '../../domain/instance/production.ts';
import { type SettingsFile, settingsFromFile } from '../../settings-file.ts';

/** What keeps a configuration file from being that of a production instance: one sentence for each. */
export function settingsProblems(file: SettingsFile): readonly string[] {
  const settings = { ...settingsFromFile(file), publicUrl: file.public_url };
  return productionProblems(settings).map(({ message }) => message);
}

/** What keeps people from getting the mails that the settings call for. */
export function mailProblems(file: SettingsFile, environment: Environment): readonly string[] {
  if (environment.smtpUrl !== undefined) {
    if (environment.mailFrom !== undefined) return [];
    return ['WILLCALL_MAIL_FROM is not set. Write the sender of mails: Name <address>.'];
  }
  const needs = 'needs mail, and WILLCALL_SMTP_URL is not set. Set it, or';
  return [
    ...(file.email_code ? [`email_code is on: it ${needs} set email_code to false.`] : []),
    ...(file.sign_up === 'public'
      ? [`sign_up is public: it ${needs} set sign_up to "restricted".`]
      : []),
  ];
}
