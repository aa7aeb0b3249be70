import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';

/** Runs npm in a folder, on this Node, and answers with what it wrote. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  const options = { cwd: folder, env: plainEnvironment(), maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('npm', args, options);
  return stdout;
}

/**
 * An environment without what npm and vitest tell their children, and in which `node` is
 * this Node: as if somebody had typed the command. What npm was told about the way to the
 * registry stays: this Node would look for it elsewhere.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(?!config_(cache|registry|userconfig|globalconfig)$)|VITEST|NODE_ENV$|NODE_OPTIONS$)/i.test(
        name,
      ),
  );
  const places = [path.dirname(process.execPath), process.env['PATH']];
  return { ...Object.fromEntries(own), PATH: places.join(path.delimiter) };
}
