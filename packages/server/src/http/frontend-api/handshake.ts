import { cookieNames, urlParameters } from '@willcall/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { createDevBrowser } from '../../domain/client/dev-browser.ts';
import type { Caller } from '../../domain/client/identify.ts';
import { keepHandshake } from '../../domain/handshake/handshake.ts';
import { refuseForeignDestination } from '../../domain/instance/destination.ts';
import { signSessionToken } from '../../domain/session/sign-token.ts';
import { clientToken } from '../../domain/client/client.ts';
import { giveClientToken, readCaller, readCallerLeniently } from '../caller.ts';
import { isSecure, setCookies, writeCookie } from '../cookies.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { requiredField, textField } from './fields.ts';

const handshakeSchema = z.object({
  redirect_url: requiredField(4096),
  [urlParameters.devBrowser]: textField(200),
});
const touchSchema = z.object({ redirect_url: requiredField(4096) });

const nonceParameter = '__clerk_handshake_nonce';
const cookieYearSeconds = 31_536_000;

/** `/v1/client/handshake` and `/v1/client/touch`: answers to a navigation. */
export function handshakeRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;

  function readDestination(redirectUrl: string): URL {
    refuseForeignDestination(world, 'redirect_url', redirectUrl);
    return new URL(redirectUrl);
  }

  // Tells a server-rendered app which cookies to set: by a nonce that it redeems with its
  // secret key, so that no session stands in an address.
  app.get('/v1/client/handshake', async (request, reply) => {
    const query = parse(handshakeSchema, request.query);
    const destination = readDestination(query.redirect_url);
    await service.rateLimits.count('create_handshake', { address: request.callerAddress });
    const caller = await readCallerLeniently(service, request);
    const directives = await writeDirectives(
      service,
      caller,
      destination,
      query[urlParameters.devBrowser],
    );
    const nonce = await keepHandshake(world, directives);
    if (world.instance.type === 'development') {
      destination.searchParams.set(nonceParameter, nonce.reveal());
    } else {
      const options = { maxAgeSeconds: 60, isHttpOnly: false, isSecure: isSecure(service) };
      const domain = world.instance.settings.cookieDomain;
      setCookies(reply, [writeCookie(nonceParameter, nonce.reveal(), { ...options, domain })]);
    }
    return redirect(reply, destination);
  });

  // Renews the client cookie in a navigation, where browsers keep it longest.
  app.get('/v1/client/touch', async (request, reply) => {
    const destination = readDestination(parse(touchSchema, request.query).redirect_url);
    // Anybody can write an address with a dev browser of their own, which is another client.
    const { client } = await readCaller(service, request, { isDevBrowserRead: false });
    if (client) giveClientToken(service, request, reply, clientToken(world, client.id));
    return redirect(reply, destination);
  });
}

/** The `Set-Cookie` values for the app's host; the last `__session` one is what the SDK verifies. */
async function writeDirectives(
  service: Service,
  caller: Caller,
  destination: URL,
  devBrowserToken: string | undefined,
): Promise<string[]> {
  const { world, cookieSuffix: suffix } = service;
  const live = caller.client
    ? await world.store.sessions.listLive(caller.client.id, world.clock.now())
    : [];
  const active =
    live.find(({ session }) => session.id === caller.client?.lastActiveSessionId) ?? live.at(-1);
  const jwt = active && (await signSessionToken(world, active.session, destination.origin));
  const updatedAt = active && caller.client ? Math.floor(caller.client.updatedAt / 1000) : 0;
  const isSecureApp = destination.protocol === 'https:';
  const write = (name: string, value: string | undefined) =>
    [name, `${name}_${suffix}`].map((each) =>
      writeCookie(each, value ?? '', {
        maxAgeSeconds: value === undefined ? 0 : cookieYearSeconds,
        isHttpOnly: false,
        isSecure: isSecureApp,
      }),
    );
  return [
    ...write(cookieNames.clientUpdatedAt, String(updatedAt)),
    ...(world.instance.type === 'development'
      ? write(cookieNames.devBrowser, await keptDevBrowser(service, caller, devBrowserToken))
      : write(nonceParameter, undefined).slice(0, 1)),
    ...write(cookieNames.session, jwt),
  ];
}

/** The dev browser that the app presented, if we know it; else a new one for the same client. */
async function keptDevBrowser(
  service: Service,
  caller: Caller,
  presented: string | undefined,
): Promise<string> {
  if (presented !== undefined && caller.devBrowserHash !== undefined) return presented;
  return (await createDevBrowser(service.world, caller.client?.id)).reveal();
}

function redirect(reply: FastifyReply, destination: URL): FastifyReply {
  return reply.redirect(destination.href, 307);
}
