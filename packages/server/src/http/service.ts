import type { World } from '../domain/world.ts';
import type { HostedPages } from './hosted-pages.ts';
import type { RateLimits } from './rate-limits.ts';

/** What the HTTP layer serves, and how. */
export interface Service {
  readonly world: World;
  /** Whether the server is told to end: it still answers, and wants nobody new. */
  readonly health: { readonly isEnding: boolean };
  /** The eight characters that keep the cookies of two instances on one host apart. */
  readonly cookieSuffix: string;
  readonly rateLimits: RateLimits;
  readonly pages: HostedPages;
  /** Development only: the secret key, for server-side SDKs on this machine. */
  readonly developmentSecretKey: string | undefined;
  /** Host names beside loopback ones and the public one that requests may name. */
  readonly hostNames: readonly string[];
  /** Folders whose `node_modules` may hold the script bundles of official SDKs. */
  readonly clerkPackageFolders: readonly string[];
}
