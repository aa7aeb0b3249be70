import type { SameBrowserJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { challengeOf, isVerifier, proveCookie } from '../../domain/sign-in-token/same-browser.ts';
import { keepBrowserVerifier } from '../browser-verifier.ts';
import { isNative } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';

const schema = z.object({
  code_verifier: z.string().max(128).refine(isVerifier, 'it is no verifier of RFC 7636'),
});

/**
 * `/v1/client/same_browser`: begins a ticket that only this browser can redeem. Keeps the
 * verifier in a cookie for the hosted pages, which have no other way to it, and writes nothing.
 */
export function sameBrowserRoutes(service: Service, app: FastifyInstance): void {
  app.post('/v1/client/same_browser', async (request, reply) => {
    const { code_verifier: verifier } = parse(schema, request.body);
    const challenge = challengeOf(verifier);
    // Browsers keep no cookie for a page of another site, and an app has none.
    const isKept = !isNative(request) && request.headers['sec-fetch-site'] !== 'cross-site';
    if (isKept) keepBrowserVerifier(service, reply, verifier);
    const proof = isKept ? proveCookie(service.world, challenge) : null;
    const response: SameBrowserJSON = { challenge, method: 'S256', proof };
    return { response, client: null };
  });
}
