import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fingerprint, isBuilt, stampPlace } from './bootstrap/is-built.mjs';
import { bundle } from './build/bundle.ts';
import { emitDeclarations } from './build/declarations.ts';
import { publishedNames, root } from './build/packages.ts';
import { copyLicence, copyNotices } from './build/licence.ts';
import { buildPages, copyPages } from './build/pages.ts';

// Vite and React have two faces; what is published shows the one for production.
process.env['NODE_ENV'] = 'production';

const names = process.argv.length > 2 ? process.argv.slice(2) : publishedNames;
const started = performance.now();
const built: string[] = [];
for (const name of names) {
  if (isBuilt(root, name)) continue;
  await build(name).catch((error: unknown) => {
    console.error(
      `${name} cannot be built. ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exit(1);
  });
  built.push(name);
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(built.length ? `Built ${built.join(', ')} in ${seconds} s.` : 'Everything is built.');

/** Builds one package; its stamp is written last, so a build that failed is tried again. */
async function build(name: string): Promise<void> {
  const sources = fingerprint(root, name);
  if (name === 'portal') await buildPages();
  else {
    if (name === 'server' && !isBuilt(root, 'portal')) await build('portal');
    await bundle(name);
    await copyLicence(name);
    if (name === 'server') await Promise.all([copyPages(), copyNotices(name)]);
    else await emitDeclarations(name);
  }
  const stamp = stampPlace(root, name);
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, sources);
}
