import { z } from 'zod';
import type { Presentation } from '../../domain/sign-in-token/question.ts';

/** A text field of a form. Empty means that nothing is said: SDKs send `null` so. */
export function textField(maximum = 500) {
  return z
    .string()
    .max(maximum)
    .transform((text) => (text === '' ? undefined : text))
    .optional();
}

/** A text field that must be there. */
export function requiredField(maximum = 500) {
  return z.string().min(1).max(maximum);
}

/** A yes or no of a form. */
export const flagField = z
  .enum(['true', 'false', ''])
  .transform((text) => text === 'true')
  .optional();

/** A name that a person gives; empty takes it away. */
export const nameField = z
  .string()
  .max(256)
  .transform((text) => (text.trim() === '' ? null : text.trim()))
  .optional();

/** A user name. */
export const usernameField = z
  .string()
  .max(64)
  .regex(/^([\w.-]{3,})?$/, 'at least three letters, digits, dots, dashes or underscores')
  .optional();

/** How a page presents a ticket; see {@link presentationOf}. */
export const presentationFields = {
  asks: z.enum(['visible', 'hidden']).optional(),
  confirmation: textField(1000),
  signed_in: z.enum(['switch', 'add']).optional(),
};

/** The presentation that these fields say. */
export function presentationOf(body: {
  readonly asks?: Presentation['asks'];
  readonly confirmation?: string | undefined;
  readonly signed_in?: Presentation['signedIn'];
}): Presentation {
  return { asks: body.asks, proof: body.confirmation, signedIn: body.signed_in };
}

/** Longer than any password that is taken, so that the domain can say what is wrong. */
export const passwordMaximum = 4096;

/** Free data as JSON in a form. */
export const metadataField = z
  .string()
  .max(8192)
  .transform((text, context) => {
    try {
      const value: unknown = JSON.parse(text || '{}');
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return value as Record<string, unknown>;
      }
    } catch {
      // Told below, as for JSON that is no object.
    }
    context.addIssue({ code: 'custom', message: 'it must be a JSON object' });
    return z.NEVER;
  })
  .optional();
