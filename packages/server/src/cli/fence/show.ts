import type { FenceReason } from '../../domain/instance/fence.ts';
import { defineCommand } from '../command.ts';
import { instanceOptions } from '../instance-source.ts';
import { flag } from '../option.ts';
import { print } from '../output.ts';
import { withStore } from '../stored-folder.ts';
import { writeTime } from '../time.ts';

/** `willcall fence show`. */
export const showFence = defineCommand({
  name: 'fence show',
  summary: 'Say since when tickets and sessions count.',
  details: 'Those from before the last raise of the fence have ended.',
  options: {
    json: flag('Print {"epoch","mark","reason","raised_at","kept_mark"} as one line.'),
    ...instanceOptions,
  },
  examples: ['willcall fence show', 'willcall fence show --env-file willcall.env'],
  async run(values) {
    const { readFenceMark } = await import('../../store/fence-mark.ts');
    const { fence, raise, kept } = await withStore(values, async ({ store, environment }) => {
      const record = await store.instance.find();
      const folder = environment.fenceFolder;
      return {
        fence: await store.fence.find(),
        raise: await store.fence.findRaise(),
        kept: record && folder !== undefined ? await readFenceMark(folder, record.id) : undefined,
      };
    });
    if (values.json) {
      const { reason = null, raisedAt = null } = raise ?? {};
      const shown = { ...fence, reason, raised_at: raisedAt, kept_mark: kept?.mark ?? null };
      print(JSON.stringify(shown));
      return;
    }
    const since = raise
      ? `since ${writeTime(raise.raisedAt)}, ${words[raise.reason]}`
      : 'the fence was never raised';
    print(`Epoch ${fence.epoch}: ${since}.`);
    print(
      kept
        ? `Mark ${fence.mark}, and ${kept.mark} in WILLCALL_FENCE_DIR.`
        : `Mark ${fence.mark}, kept nowhere else: a copy that is put back by hand would not be noticed.`,
    );
  },
});

const words: Readonly<Record<FenceReason, string>> = {
  operator: 'by willcall fence raise',
  restore: 'by willcall restore',
  import: 'by willcall import',
  rolled_back: 'since the data was older than its mark',
  timeline: 'since PostgreSQL went on in another timeline',
};
