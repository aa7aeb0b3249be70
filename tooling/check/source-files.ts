import { filesBelow } from '../source/files.ts';

/** Files that are wrong on purpose, to prove the checks. */
const plantedFolder = 'fixtures';

/** All files of the repository, relative to it, without what is planted, installed or built. */
export function repositoryFiles(root: string): Promise<string[]> {
  return filesBelow(root, plantedFolder);
}

/** The TypeScript files among them. */
export async function typeScriptFiles(root: string): Promise<string[]> {
  const files = await repositoryFiles(root);
  return files.filter((file) => /\.[cm]?tsx?$/.test(file));
}

/** The TypeScript and JavaScript files among them. */
export async function sourceFiles(root: string): Promise<string[]> {
  const files = await repositoryFiles(root);
  return files.filter((file) => /\.[cm]?[jt]sx?$/.test(file));
}
