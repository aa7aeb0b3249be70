import type { FastifyReply } from 'fastify';
import type { PageMessages } from '../messages/page-messages.ts';

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

/** Builds HTML: what is put in is escaped, unless it is HTML. */
export function html(parts: TemplateStringsArray, ...values: (string | Html)[]): Html {
  const written = values.map((value) => (typeof value === 'string' ? escape(value) : value.html));
  return { html: parts.map((part, at) => part + (written[at] ?? '')).join('') };
}

/**
 * A text with its placeholders, `{account}`, filled in. What is filled in keeps its own
 * direction: an address inside an Arabic sentence, a name inside an English one.
 */
export function fill(text: string, values: Readonly<Record<string, string | Html>>): Html {
  const written = text.split(/(\{\w+\})/).map((part) => {
    const value = part.startsWith('{') ? values[part.slice(1, -1)] : undefined;
    return value === undefined ? html`${part}` : html`<bdi>${value}</bdi>`;
  });
  return { html: written.map((part) => part.html).join('') };
}

/** The same where no element can stand. The characters do what `<bdi>` does (UAX 9, section 2.4). */
export function fillPlain(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : `\u2068${value}\u2069`;
  });
}

interface Page {
  readonly status: number;
  readonly messages: PageMessages;
  /** In the window. */
  readonly title: string;
  /** Above the text; the title where it is not given. */
  readonly heading?: Html | undefined;
  readonly applicationName: string;
  readonly body: Html;
  /** Where a form may lead to besides us: browsers look at redirects too. */
  readonly formTarget?: string | undefined;
  /** A script of ours that the page needs for comfort. */
  readonly script?: string | undefined;
}

/**
 * A hosted page that needs no script. It stands beside a ticket: nothing may keep it, frame
 * it, or load anything from elsewhere; with `no-referrer` its form would post `Origin: null`.
 */
export function sendDocument(reply: FastifyReply, page: Page): FastifyReply {
  const { title, applicationName, script, messages } = page;
  const formTargets = ["'self'", ...(page.formTarget ? [new URL(page.formTarget).origin] : [])];
  const written = html`<!doctype html>
    <html lang="${messages.language}" dir="${messages.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${applicationName}</title>
        <link rel="stylesheet" href="/_willcall/link.css" />
        ${script === undefined ? '' : html`<script src="${script}" defer>${scriptEnd}`}
      </head>
      <body>
        <header class="head"><a class="home" href="/">${mark}${applicationName}</a></header>
        <main>
          <section class="card">
            <header class="stub">
              <p class="eyebrow">${applicationName}</p>
              <h1>${page.heading ?? title}</h1>
            </header>
            <div class="body">${page.body}</div>
          </section>
        </main>
        <footer class="foot">
          <p>${messages.link.foot}</p>
        </footer>
      </body>
    </html> `;
  return reply
    .code(page.status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      vary: 'Accept-Language',
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        `form-action ${formTargets.join(' ')}`,
      ].join('; '),
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, noarchive',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    })
    .send(written.html);
}

// Inside a tagged template the build would need a package of its own for it.
const scriptEnd = { html: '</script>' };

const mark = {
  html:
    '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">' +
    '<path fill="currentColor" d="M4 8h24v5a3 3 0 0 0 0 6v5H4v-5a3 3 0 0 0 0-6z"/>' +
    '<path class="perforation" d="M20 9.5v13"/></svg>',
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
