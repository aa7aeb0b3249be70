import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import { findProgram, type ForeignProgram, startProgram } from '../../tooling/foreign-program.ts';
import { freePort } from '../../tooling/free-port.ts';

/** A proxy of the guides, in front of a server of this machine. Its certificate is its own. */
export interface Proxy extends ForeignProgram {
  /** Where it speaks TLS, on 127.0.0.1. */
  readonly port: number;
}

/**
 * Where a proxy is installed that a guide sets up. Says so where it is not, and where people cannot
 * call it from several addresses: only Linux answers on all of 127.0.0.0/8.
 */
export function findProxy(name: string, guide: string): string | undefined {
  const program = process.platform === 'linux' ? findProgram(name) : undefined;
  if (program === undefined) console.log(`not run: ${guide} with ${name}, which is not installed`);
  return program;
}

/** Starts Caddy with a site as a guide writes it. */
export async function startCaddy(program: string, site: string): Promise<Proxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-caddy-'));
  const port = await freePort();
  // What a guide leaves to Caddy: here it asks nobody for a certificate, and keeps to this machine.
  const options = [
    'admin off',
    'default_bind 127.0.0.1',
    `https_port ${port}`,
    'auto_https disable_redirects',
    'local_certs',
    'skip_install_trust',
  ];
  const file = path.join(folder, 'Caddyfile');
  await writeFile(file, `{\n${options.map((line) => `\t${line}\n`).join('')}}\n${site}`);
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const caddy = await startProgram(program, args, 'certificate obtained successfully', home);
  return { port, stop: () => stopIn(folder, caddy) };
}

/** Starts nginx with a `server` as a guide writes it. */
export async function startNginx(program: string, server: string): Promise<Proxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-nginx-'));
  const port = await freePort();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'example.com' }]);
  await writeFile(path.join(folder, 'key'), key);
  await writeFile(path.join(folder, 'certificate'), cert);
  const here = server
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace(/(?<=ssl_certificate +)\S+(?=;)/, 'certificate')
    .replace(/(?<=ssl_certificate_key +)\S+(?=;)/, 'key');
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const lines = [
    'daemon off;',
    'master_process off;',
    'pid nginx.pid;',
    'error_log stderr notice;',
    'events {}',
    'http {',
    'access_log off;',
    ...kept.map((name) => `${name}_temp_path ${name};`),
    here,
    '}',
  ];
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, lines.join('\n'));
  await chmod(folder, 0o755);
  const nginx = await startProgram(program, ['-p', folder, '-c', file], 'getrlimit');
  return { port, stop: () => stopIn(folder, nginx) };
}

async function stopIn(folder: string, program: ForeignProgram): Promise<void> {
  await program.stop();
  await rm(folder, { recursive: true, force: true });
}
