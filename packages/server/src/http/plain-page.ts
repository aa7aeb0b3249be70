import type { FastifyReply } from 'fastify';
import type { PageMessages } from './messages/page-messages.ts';

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1.5rem;color-scheme:light dark}';

/** A page of two sentences that needs no script: for a navigation that cannot go on. */
export function plainPage(
  reply: FastifyReply,
  status: number,
  { language, direction }: Pick<PageMessages, 'language' | 'direction'>,
  { title, text }: { readonly title: string; readonly text: string },
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('vary', 'Accept-Language')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    .send(
      `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${title}</title><style>${style}</style><main><h1>${title}</h1><p>${text}</p></main></html>`,
    );
}
