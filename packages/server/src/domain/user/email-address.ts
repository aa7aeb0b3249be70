import { z } from 'zod';
import { refuseField } from '../refusal.ts';

const emailSchema = z.email().max(254);

/** An e-mail address without surrounding white space; refuses what is none. */
export function parseEmailAddress(text: string, field: string): string {
  const trimmed = text.trim();
  if (!emailSchema.safeParse(trimmed).success) {
    throw refuseField(
      'form_param_format_invalid',
      field,
      'Write an e-mail address like name@example.com.',
    );
  }
  return trimmed;
}

/** Whether a text is an e-mail address. */
export function isEmailAddress(text: string): boolean {
  return emailSchema.safeParse(text.trim()).success;
}

/** The form in which addresses are compared: lower case. */
export function normalizeIdentifier(value: string): string {
  return value.trim().toLowerCase();
}

/** Whether an address takes the fixed code in a development instance in test mode. */
export function isTestAddress(address: string): boolean {
  return /\+clerk_test(_[a-z0-9]+)?@/i.test(address);
}
