import { z } from 'zod';

/** An id in a path or body; whether it names something is the domain's question. */
export const idField = z.string().min(1).max(100);

/** Why a token was issued. */
export const reasonField = z.string().trim().min(1).max(500);

/** Free data of an application. At most 8 kB as JSON, as on the wire. */
export const metadataField = z
  .record(z.string(), z.unknown())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= 8192, {
    message: 'it is larger than 8 kB',
  });

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
