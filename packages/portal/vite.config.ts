import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';
import { guardStyles } from '../../tooling/build/guard-styles.ts';

// The pages are a customer's app in all but one thing: Preact stands in for React, which
// makes them a ninth of the size. The server sends a strict Content-Security-Policy, so
// nothing may end up inside index.html: no script, no style, no data: address.
export default defineConfig({
  base: '/_willcall/',
  css: guardStyles,
  resolve: {
    conditions: ['willcall-source', ...defaultClientConditions],
    alias: [
      { find: 'react/jsx-runtime', replacement: fileOf('preact/jsx-runtime') },
      { find: 'react-dom/client', replacement: fileOf('preact/compat/client') },
      { find: /^react(-dom)?$/, replacement: fileOf('preact/compat') },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});

/** Preact is installed here, and must be found from the sources of @willcall/react as well. */
function fileOf(name: string): string {
  return fileURLToPath(import.meta.resolve(name));
}
