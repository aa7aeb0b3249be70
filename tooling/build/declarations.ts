import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { tsc } from '../source/tools.ts';
import { folderOf, root } from './packages.ts';
import { rewriteDeclaration } from './rewrite-declaration.ts';
import { filesBelow } from '../source/files.ts';

/**
 * Writes the types of a package to its dist: one .d.ts for each source file. The contract
 * is private, so what it declares is laid beside them in dist/contract.
 */
export async function emitDeclarations(name: string): Promise<void> {
  const emitted = path.join(root, '.build/types', name);
  await rm(emitted, { recursive: true, force: true });
  await emit(name, emitted);
  const dist = path.join(folderOf(name), 'dist');
  const usesContract = await place(path.join(emitted, name, 'src'), dist, dist);
  if (usesContract) {
    await place(path.join(emitted, 'contract/src'), path.join(dist, 'contract'), dist);
  }
}

async function emit(name: string, outDir: string): Promise<void> {
  const settings = {
    extends: path.join(folderOf(name), 'tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true },
      ...{ rootDir: path.join(root, 'packages'), outDir },
    },
    // Named, since an imported package counts as foreign and is not written.
    include: [path.join(folderOf(name), 'src'), path.join(folderOf('contract'), 'src')],
    exclude: [name, 'contract'].flatMap((each) =>
      ['ts', 'tsx'].map((end) => path.join(folderOf(each), `**/*.test.${end}`)),
    ),
  };
  await mkdir(outDir, { recursive: true });
  const project = path.join(outDir, 'tsconfig.json');
  await writeFile(project, JSON.stringify(settings));
  await promisify(execFile)(process.execPath, [tsc, '-p', project]).catch((error: unknown) => {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`The types of ${name} cannot be written.\n${stdout}`, { cause: error });
  });
}

/** Copies declarations to `to`, each import rewritten; answers whether one names the contract. */
async function place(from: string, to: string, dist: string): Promise<boolean> {
  let usesContract = false;
  for (const file of await filesBelow(from)) {
    if (!file.endsWith('.d.ts')) continue;
    const target = path.join(to, file);
    const text = await readFile(path.join(from, file), 'utf8');
    const rewritten = rewriteDeclaration(target, text, path.join(dist, 'contract/index.js'));
    usesContract ||= rewritten.usesContract;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, rewritten.text);
  }
  return usesContract;
}
