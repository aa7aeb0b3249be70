import type { FastifyInstance } from 'fastify';
import { Refusal } from '../domain/refusal.ts';

/** No request of either API needs more. Bytes. */
export const bodyLimit = 262_144;

/** No call has a form with more: making an object of many thousands holds everybody else up. */
const mostFields = 100;

/** The Backend API reads JSON. SDKs name it on calls without a body too. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body as string, (error, value) => {
      if (!error) return done(null, value);
      return done(
        new Refusal(
          'request_body_invalid',
          'The body is not JSON that can be read. Check its syntax.',
        ),
      );
    });
  });
}

/** The Frontend API reads forms: keys and values as text, the last of a repeated key. */
export function readFormBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const formType = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) => {
    if (hasMoreFields(body as string, mostFields)) {
      return done(
        new Refusal(
          'request_body_too_large',
          `The form has more than ${mostFields} fields. Send fewer.`,
        ),
      );
    }
    if (/%(?![0-9a-f]{2})/i.test(body as string)) {
      return done(
        new Refusal('request_body_invalid', 'The form cannot be read. Check its percent signs.'),
      );
    }
    return done(null, Object.fromEntries(new URLSearchParams(body as string)));
  });
}

/** Stops at the first field that is too many. */
function hasMoreFields(form: string, most: number): boolean {
  let at = -1;
  for (let fields = 1; (at = form.indexOf('&', at + 1)) !== -1; fields++)
    if (fields >= most) return true;
  return false;
}
