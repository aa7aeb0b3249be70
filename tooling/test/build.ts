import { runScript } from './run-script.ts';
import { type Count, nothing } from './count.ts';

/** Builds what has changed. Counts only when it fails: a build proves nothing by itself. */
export async function runBuild(root: string): Promise<Count> {
  const code = await runScript(['tooling/build.ts'], { cwd: root });
  return { ...nothing, failed: code === 0 ? 0 : 1 };
}
