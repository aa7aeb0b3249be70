import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieNames, urlParameters } from '@willcall/contract';
import { type Caller, identifyClient, type PresentedIdentity } from '../domain/client/identify.ts';
import { Refusal } from '../domain/refusal.ts';
import { hashSecret, type Secret } from '../domain/secret.ts';
import { readBrowserVerifier } from './browser-verifier.ts';
import { describeDevice } from './device.ts';
import { isSecure, readCookies, setCookies, writeCookie } from './cookies.ts';
import { applicationOrigin } from './origin-check.ts';
import type { Service } from './service.ts';
import { truncateAddress } from './truncate-address.ts';
import { clientCookieSeconds } from './wire/clients.ts';

/** Whether the call comes from a native app, which carries its client token in a header. */
export function isNative(request: FastifyRequest): boolean {
  return readParameter(request, urlParameters.isNative) === '1';
}

/** A parameter of the query; nothing where it stands there twice or is too long to be one of ours. */
function readParameter({ query }: FastifyRequest, name: string): string | undefined {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value.length <= 200 ? value : undefined;
}

/** What a call brings to say which browser it comes from. */
export function readPresented(
  service: Service,
  request: FastifyRequest,
  { isDevBrowserRead = true } = {},
): PresentedIdentity {
  const native = isNative(request);
  return {
    clientToken: native
      ? nativeToken(request)
      : readCookies(request).get(clientCookieName(service)),
    devBrowserToken:
      native || !isDevBrowserRead ? undefined : readParameter(request, urlParameters.devBrowser),
  };
}

/** The application's origin, for `azp`; a native app has none. */
export async function readOrigin(
  { world }: Service,
  request: FastifyRequest,
): Promise<string | undefined> {
  return isNative(request) ? undefined : applicationOrigin(world, request);
}

/** Who calls the Frontend API: the client by cookie, header or dev browser, and from where. */
export async function readCaller(
  service: Service,
  request: FastifyRequest,
  how: { readonly isDevBrowserRead?: boolean; readonly isNavigation?: boolean } = {},
): Promise<Caller> {
  const identity = await identifyClient(service.world, readPresented(service, request, how));
  const userAgent = request.headers['user-agent']?.slice(0, 500);
  return {
    ...identity,
    deviceHash: readDeviceHash(service, request) ?? identity.devBrowserHash,
    browserVerifier: isNative(request) ? undefined : readBrowserVerifier(service, request),
    origin: await readOrigin(service, request),
    ipAddress: request.callerAddress,
    userAgent,
    isNavigation: how.isNavigation ?? false,
    // Most calls of a page never ask.
    get network() {
      return truncateAddress(request.callerAddress);
    },
    get device() {
      return describeDevice(userAgent);
    },
  };
}

/**
 * The same for a navigation, which cannot answer a refusal by getting a new dev browser: an
 * unknown one counts as none.
 */
export async function readCallerLeniently(
  service: Service,
  request: FastifyRequest,
): Promise<Caller> {
  try {
    return await readCaller(service, request, { isNavigation: true });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'dev_browser_unauthenticated') throw error;
    return readCaller(service, request, { isDevBrowserRead: false, isNavigation: true });
  }
}

/** The token by which the browser is known from here on: the last cookie of the answer, or a header. */
export function giveClientToken(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  token: Secret,
): void {
  if (isNative(request)) {
    reply.header('authorization', token.reveal());
    return;
  }
  // Some proxies keep only the last cookie of an answer, and this is the one that must arrive.
  setCookies(reply, [
    writeCookie(clientCookieName(service), token.reveal(), {
      maxAgeSeconds: clientCookieSeconds,
      isHttpOnly: true,
      isSecure: isSecure(service),
    }),
  ]);
}

/**
 * Production: tells server-rendered apps under the common parent domain when the client
 * last changed; 0 when signed out. In development the SDK writes this cookie itself.
 */
export function giveClientUpdate(
  service: Service,
  reply: FastifyReply,
  updatedAt: number | undefined,
): void {
  const { type, settings } = service.world.instance;
  if (type !== 'production') return;
  const value = updatedAt === undefined ? '0' : String(Math.floor(updatedAt / 1000));
  const names = [
    cookieNames.clientUpdatedAt,
    `${cookieNames.clientUpdatedAt}_${service.cookieSuffix}`,
  ];
  setCookies(
    reply,
    names.map((name) =>
      writeCookie(name, value, {
        maxAgeSeconds: clientCookieSeconds,
        isHttpOnly: false,
        isSecure: isSecure(service),
        domain: settings.cookieDomain,
      }),
    ),
  );
}

/** Gives the browser the token by which it is known beyond sign-outs. */
export function giveDeviceToken(service: Service, reply: FastifyReply, token: Secret): void {
  const options = {
    maxAgeSeconds: clientCookieSeconds,
    isHttpOnly: true,
    isSecure: isSecure(service),
  };
  setCookies(reply, [writeCookie(deviceCookieName(service), token.reveal(), options)]);
}

function readDeviceHash(service: Service, request: FastifyRequest): string | undefined {
  const token = readCookies(request).get(deviceCookieName(service));
  return token === undefined ? undefined : hashSecret(token);
}

function deviceCookieName(service: Service): string {
  const name = `__willcall_device_${service.cookieSuffix}`;
  return isSecure(service) ? `__Host-${name}` : name;
}

/** Makes the browser forget its client. */
export function clearClientCookie(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (isNative(request)) return;
  const options = { maxAgeSeconds: 0, isHttpOnly: true, isSecure: isSecure(service) };
  setCookies(reply, [writeCookie(clientCookieName(service), '', options)]);
}

/** The name of the client cookie; bound to the host where the connection is secure (RFC 6265bis, `__Host-`). */
function clientCookieName(service: Service): string {
  const name = `${cookieNames.client}_${service.cookieSuffix}`;
  return isSecure(service) ? `__Host-${name}` : name;
}

function nativeToken(request: FastifyRequest): string | undefined {
  return request.headers.authorization?.replace(/^Bearer /i, '');
}
