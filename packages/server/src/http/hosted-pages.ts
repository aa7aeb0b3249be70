import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messagesFor, pageMessages } from './messages/choose.ts';
import { en } from './messages/en.ts';
import type { PageMessages } from './messages/page-messages.ts';
import { plainPage } from './plain-page.ts';
import type { Service } from './service.ts';

/** The built hosted pages, read into memory when the server starts. */
export interface HostedPages {
  /** `index.html` in each language, by its tag; `undefined` where the pages are not built. */
  readonly index: ReadonlyMap<string, PageFile> | undefined;
  /** The scripts, styles and images by their path below `/_willcall/`. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly zipped: Buffer;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Reads the pages from the folder that the build wrote. */
export function readHostedPages(folder: string): HostedPages {
  if (!existsSync(path.join(folder, 'index.html'))) return { index: undefined, assets: new Map() };
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => path.extname(name) in types)
    .map((name) => [name.split(path.sep).join('/'), readPage(path.join(folder, name))] as const);
  const index = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const translated = pageMessages.map(
    (messages) => [messages.language, pageOf('.html', translate(index, messages))] as const,
  );
  return { index: new Map(translated), assets: new Map(files) };
}

/** `/`, `/user/**`, and what they load below `/_willcall/`. */
export function hostedPageRoutes(service: Service, app: FastifyInstance): void {
  const { pages } = service;
  for (const page of ['/', '/user', '/user/*'])
    app.get(page, async (request, reply) => sendPage(service, request, reply));

  app.get<{ Params: { '*': string } }>('/_willcall/*', async (request, reply) => {
    const file = pages.assets.get(request.params['*']);
    if (!file) return reply.callNotFound();
    // The names of built files change with their content.
    const isLasting = request.params['*'].startsWith('assets/');
    reply.header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    return sendFile(request, reply, file);
  });

  app.get('/_willcall/avatar.svg', async (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(avatar),
  );
}

/**
 * The one page that shows all hosted pages. A ticket may stand in its address: nothing may
 * keep it, show it to other sites, frame it, or load anything from elsewhere.
 */
export function sendPage(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { index } = service.pages;
  const page = index?.get(messagesFor(request).language);
  if (!page) {
    return plainPage(reply, 503, en, {
      title: 'The pages are not built',
      text: 'Run "npm run build" in the repository, then start the server again.',
    });
  }
  reply.headers(pageHeaders);
  return sendFile(request, reply, page, 'Accept-Encoding, Accept-Language');
}

/** Whether a request for an address that nothing serves comes from a person, who is shown a page. */
export function isLostPerson(service: Service, request: FastifyRequest): boolean {
  const wantsPage = request.headers.accept?.includes('text/html') === true;
  return (
    request.method === 'GET' &&
    wantsPage &&
    !request.url.startsWith('/v1/') &&
    service.pages.index !== undefined
  );
}

const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'x-robots-tag': 'noindex, noarchive',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PageFile,
  vary = 'Accept-Encoding',
): FastifyReply {
  const takesGzip = /\bgzip\b/.test([request.headers['accept-encoding']].flat().join());
  reply.type(file.type).header('vary', vary);
  if (!takesGzip) return reply.send(file.bytes);
  return reply.header('content-encoding', 'gzip').send(file.zipped);
}

/** The page says its language; its scripts fetch the texts of it. */
function translate(index: string, { language, direction, noScript }: PageMessages): Buffer {
  return Buffer.from(
    index
      .replace(/<html[^>]*>/, `<html lang="${language}" dir="${direction}">`)
      .replace(/(?<=<noscript>)[^<]*/, noScript),
  );
}

function readPage(place: string): PageFile {
  return pageOf(path.extname(place), readFileSync(place));
}

function pageOf(extension: string, bytes: Buffer): PageFile {
  return {
    type: types[extension] ?? 'application/octet-stream',
    bytes,
    zipped: gzipSync(bytes),
  };
}

/** What stands for a person without a picture. */
const avatar =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#e7e0d2"/>' +
  '<circle cx="32" cy="25" r="11" fill="#8a7f6c"/><path d="M10 60a22 20 0 0 1 44 0z" fill="#8a7f6c"/></svg>';
