import { z } from 'zod';
import { isSmall } from '../../domain/metadata.ts';
import { refuseField } from '../../domain/refusal.ts';

/** An id in a path or body; whether it names something is the domain's question. */
export const idField = z.string().min(1).max(100);

/** Why a token was issued. */
export const reasonField = z.string().trim().min(1).max(500);

/** Free data of an application. At most 8 kB as JSON, as on the wire. */
export const metadataField = z
  .record(z.string(), z.unknown())
  .refine(isSmall, { message: 'it is larger than 8 kB' });

/** A list in a query: a repeated key, or one value; a leading `+` was sent for addition on the wire and is dropped. */
export const listField = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : [value]))
  .pipe(z.array(z.string().max(500)).max(100));

/** A page of a list: 1 to 500 rows, 10 unless it says. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(500).default(10),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
};

/** `true` or `false` in a query. */
export const flagField = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Epoch milliseconds in a query. */
export const timeField = z.coerce.number().int().min(0).max(8.64e15);

/** An RFC 3339 date and time or epoch milliseconds; see {@link refuseFuture}. */
export const pastField = z.union([z.iso.datetime({ offset: true }), z.int().min(0).max(8.64e15)]);

/** Refuses a time at which nothing can have happened yet. The clocks of two machines may differ by a minute. */
export function refuseFuture(
  now: number,
  body: {
    readonly [Field in 'created_at' | 'legal_accepted_at']?: string | number | null | undefined;
  },
): void {
  for (const field of ['created_at', 'legal_accepted_at'] as const) {
    const time = readTime(body[field]);
    if (time !== undefined && time > now + 60_000)
      throw refuseField('form_param_value_invalid', field, `${field} lies in the future.`);
  }
}

/** What a {@link pastField} says, epoch milliseconds. */
export function readTime(time: string | number | null | undefined): number | undefined {
  if (time === undefined || time === null) return undefined;
  return typeof time === 'number' ? time : Date.parse(time);
}
