import type { ChildProcess } from 'node:child_process';

/** Ends a child with this process, whatever ends that: also before anybody has the child to stop it. */
export function endWithProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  const end = () => void child.kill(signal);
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}
