import type { CookieName, Scene } from './scene.ts';

/** A request that works, to be spoilt in one place. */
export interface GoodRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** The body goes out as a list that holds it once. */
  readonly isMany?: boolean;
  readonly cookie?: CookieName;
  /** A field that may be absent and takes long to work on: left out while others are spoilt. */
  readonly slowField?: string;
  /** Answers with a page even when it refuses. */
  readonly isPage?: boolean;
  /** The table of what such a request spends, right or wrong. */
  readonly spends?: string;
}

/** By method and path of the route. */
export type GoodRequests = Readonly<Record<string, (scene: Scene) => GoodRequest>>;
