import path from 'node:path';
import type { CSSOptions } from 'vite';
import { folderOf } from './packages.ts';

/**
 * For Vite's `css`: makes each declaration of @willcall/react important. They stand in a
 * layer, where important ones win over everything that a page writes outside of it, important
 * or not (CSS Cascade 5, cascade layers): `button { all: unset }` of a page stays its own.
 */
export const guardStyles: CSSOptions = {
  postcss: {
    plugins: [
      {
        postcssPlugin: 'guard-styles',
        Declaration(declaration) {
          const around = declaration.parent?.parent;
          // Within an animation `!important` would void the declaration.
          if (around && 'name' in around && around.name === 'keyframes') return;
          if (isOurs(declaration.source?.input.file)) declaration.important = true;
        },
      },
    ],
  },
};

function isOurs(file = ''): boolean {
  return file.startsWith(path.join(folderOf('react'), 'src') + path.sep);
}
