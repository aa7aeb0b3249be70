import { execFile } from 'node:child_process';
import { stripVTControlCharacters as plain } from 'node:util';

/** How a tool ended, and what it printed, without colours. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the script of an installed tool in a folder and waits for its end, whatever the
 * code. Colours are taken out of what it prints: under `CI` some tools print them whatever
 * `NO_COLOR` says. Throws when it could not be started or was killed.
 */
export function runTool(script: string, args: readonly string[], cwd: string): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const options = { cwd, maxBuffer: 256 * 1024 * 1024 };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number') resolve({ code, stdout: plain(stdout), stderr: plain(stderr) });
      else reject(error ?? new Error(`${script} ended without a code.`));
    });
  });
}
