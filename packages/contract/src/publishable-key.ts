/** What a publishable key says: the kind of instance and the Frontend API host. */
export interface PublishableKey {
  instanceType: 'development' | 'production';
  host: string;
}

/**
 * Writes a publishable key: `pk_test_` or `pk_live_` and the host with a closing `$`
 * in standard base64, padding dropped (protocol: three parts between `_`).
 *
 * @param host a host name with at least one dot, a port allowed
 */
export function writePublishableKey({ instanceType, host }: PublishableKey): string {
  const prefix = instanceType === 'production' ? 'pk_live_' : 'pk_test_';
  return prefix + btoa(`${host}$`).replaceAll('=', '');
}

/** Reads a publishable key; `undefined` when it is none. */
export function readPublishableKey(key: string): PublishableKey | undefined {
  const match = /^pk_(test|live)_([A-Za-z0-9+/]+={0,2})$/.exec(key);
  if (!match) return undefined;
  const decoded = decodeBase64(match[2] ?? '');
  if (!decoded?.endsWith('$')) return undefined;
  const host = decoded.slice(0, -1);
  if (host.includes('$') || !host.includes('.')) return undefined;
  return { instanceType: match[1] === 'live' ? 'production' : 'development', host };
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
