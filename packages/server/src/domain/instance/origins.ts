import { readWebAddress } from '../web-address.ts';
import type { InstanceState } from './instance.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

type Instance = Pick<InstanceState, 'type' | 'publicUrl' | 'settings'>;

/**
 * Whether a browser's origin may call us and hold our sessions. One list for everything:
 * the origins of the settings and our own; in development also http(s) on loopback names,
 * any port. `null` and everything that is not exactly an origin is refused.
 */
export function isAllowedOrigin(instance: Instance, origin: string): boolean {
  const url = parseWebUrl(origin);
  if (url === undefined || url.origin !== origin) return false;
  if (origin === readWebAddress(instance.publicUrl).origin) return true;
  if (instance.settings.allowedOrigins.includes(origin)) return true;
  return instance.type === 'development' && loopbackHosts.has(url.hostname);
}

/**
 * Whether a person may be sent to this address: an absolute http(s) URL on an allowed
 * origin, written the way a browser would write it, so that no two parsers can read it
 * differently (RFC 9700, section 4.11).
 */
export function isAllowedDestination(instance: Instance, text: string): boolean {
  // Control characters, white space and backslashes are read differently by different parsers.
  if (/[\s\\\p{Cc}]/u.test(text)) return false;
  const url = parseWebUrl(text);
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  if (!text.toLowerCase().startsWith(`${url.protocol}//`)) return false;
  // A host that is written otherwise than it is read: an empty user name, a third slash, another alphabet.
  const [written = ''] = text.slice(url.protocol.length + 2).split(/[/?#]/, 1);
  const defaultPort = url.protocol === 'https:' ? ':443' : ':80';
  if (![url.host, url.host + defaultPort].includes(written.toLowerCase())) return false;
  return isAllowedOrigin(instance, url.origin);
}

function parseWebUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}
