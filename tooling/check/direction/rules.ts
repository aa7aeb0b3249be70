/** The packages that a package may name, by the names that are left when `@willcall/` is taken off. */
export const packageDirection: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  server: ['contract'],
  browser: ['contract'],
  react: ['browser'],
  portal: ['react'],
  backend: ['contract'],
  testing: ['backend', 'contract'],
};

/** What everybody can install, and all that a program outside of the packages may name. */
export const published: readonly string[] = ['browser', 'react', 'backend', 'testing', 'server'];

/** What an outside folder may name beyond that: conformance speaks of the wire itself. */
export const alsoOutside: Readonly<Record<string, readonly string[]>> = {
  conformance: ['contract'],
};

/** Folders whose packages are installed by those alone who ask for them: `npm run bench -- --peers`. */
export const installedApart: readonly string[] = ['bench/peers'];

/** The folders and files of the server's `src`, and which of the others each may name. */
export const serverDirection: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  'settings-file': ['domain'],
  config: ['domain', 'settings-file'],
  store: ['domain'],
  http: ['domain', 'settings-file'],
  world: ['domain', 'config', 'settings-file'],
  main: ['domain', 'settings-file', 'config', 'store', 'http', 'world'],
  cli: ['domain', 'settings-file', 'config', 'store', 'http', 'world', 'main'],
};

/** All that the server's rules may use from outside: none of it talks to the outside. */
export const domainPackages: readonly string[] = [
  'node:crypto',
  'otpauth',
  'zod',
  '@willcall/contract',
];

/** Packages that run where there is no Node. */
export const withoutNode: readonly string[] = ['contract', 'browser', 'react', 'portal', 'backend'];
