import type { ServerOptions } from '../src/main.ts';

/** A server of its own in this process, on a free port. */
export function serverOptions(dataFolder: string): ServerOptions {
  return {
    instanceType: 'development',
    dataFolder,
    secret: 'a secret of the tests that opens nothing else',
    host: '127.0.0.1',
    port: 0,
    hasRateLimits: false,
    trustedProxies: [],
    logLevel: 'silent',
  };
}
