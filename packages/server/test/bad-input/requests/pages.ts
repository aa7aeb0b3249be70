import { appOrigin } from '../../service.ts';
import type { GoodRequests } from '../good-request.ts';

const page = () => ({ query: { redirect_url: `${appOrigin}/` }, isPage: true });
const below = () => ({ path: { '*': 'factor-one' }, isPage: true });

/** What belongs to neither API. */
export const pageRequests: GoodRequests = {
  'GET /health/live': () => ({}),
  'GET /health/ready': () => ({}),
  'GET /.well-known/jwks.json': () => ({}),
  'GET /.well-known/willcall-development': () => ({}),
  'GET /npm/@clerk/:package/dist/:file': () => ({
    path: { package: 'ui@1', file: 'ui.browser.js' },
  }),
  'GET /sign-in': page,
  'GET /sign-in/*': below,
  'GET /sign-in/confirm': () => ({ cookie: 'atLink', isPage: true }),
  'POST /sign-in/confirm': ({ linkNonce }) => ({
    body: { nonce: linkNonce, action: 'cancel' },
    cookie: 'atLink',
    isPage: true,
  }),
  'GET /_willcall/link.css': () => ({}),
  'GET /_willcall/go-on.js': () => ({}),
  'GET /sign-up': page,
  'GET /sign-up/*': below,
  'GET /user': page,
  'GET /user/*': below,
  'GET /': page,
  'GET /_willcall/*': () => ({ path: { '*': 'index.html' } }),
  'GET /_willcall/avatar.svg': () => ({}),
  'GET /mailbox': page,
  'GET /mailbox/messages': () => ({}),
  'DELETE /mailbox/messages': () => ({}),
  'GET /mailbox/messages/:mailId/html': ({ mailId }) => ({ path: { mailId } }),
};
