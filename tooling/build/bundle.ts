import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { build, defaultClientConditions, defaultServerConditions, type InlineConfig } from 'vite';
import { guardStyles } from './guard-styles.ts';
import { entriesOf, folderOf, manifestOf } from './packages.ts';

/**
 * Writes the JavaScript of a package to its dist: one module for each entry and one for
 * each part that is loaded when it is needed; of the packages for pages, one for each source
 * file, so that an app's own bundler puts together what each of its pages needs. Only the
 * contract is taken in; everything else that is installed stays an import.
 */
export async function bundle(name: string): Promise<void> {
  const entries = entriesOf(name);
  if (Object.keys(entries).length === 0) throw new Error(`${name} has no entry to build.`);
  const isForPages = name === 'browser' || name === 'react';
  await build({
    root: folderOf(name),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ...(isForPages ? forPages(folderOf(name), entries) : forNode(entries)),
  });
  const commands = Object.values(manifestOf(name).bin ?? {});
  await Promise.all(commands.map((file) => chmod(path.join(folderOf(name), file), 0o755)));
}

function forPages(root: string, entry: Record<string, string>): InlineConfig {
  const { rolldownOptions, ...rest } = output();
  return {
    css: guardStyles,
    resolve: { conditions: ['willcall-source', ...defaultClientConditions] },
    build: {
      ...rest,
      rolldownOptions: {
        ...rolldownOptions,
        output: {
          ...rolldownOptions.output,
          preserveModules: true,
          preserveModulesRoot: path.join(root, 'src'),
        },
      },
      target: 'es2022',
      lib: { entry, formats: ['es'], cssFileName: 'styles' },
      cssCodeSplit: false,
    },
  };
}

function forNode(input: Record<string, string>): InlineConfig {
  const { rolldownOptions, ...rest } = output();
  return {
    ssr: {
      resolve: { conditions: ['willcall-source', ...defaultServerConditions] },
      noExternal: [/^@willcall\/contract/],
    },
    build: { ...rest, target: 'es2023', ssr: true, rolldownOptions: { ...rolldownOptions, input } },
  };
}

function output() {
  return {
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      external: (id: string) => isInstalled(id),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  } satisfies InlineConfig['build'];
}

/** A package or a part of Node, and not the contract, which is published inside the others. */
function isInstalled(id: string): boolean {
  return /^[@a-z]/i.test(id) && !path.isAbsolute(id) && !/^@willcall\/contract(\/|$)/.test(id);
}
