import type { RaisedFence } from '../../domain/instance/fence.ts';
import { defineCommand } from '../command.ts';
import { instanceOptions } from '../instance-source.ts';
import { print } from '../output.ts';
import { withStore } from '../stored-folder.ts';

/** `willcall fence raise`. */
export const raiseFence = defineCommand({
  name: 'fence raise',
  summary: 'End every ticket, invitation and session that there is.',
  details:
    'For data that somebody put back without willcall restore. It may run beside the server, which obeys at once; ' +
    'a session token that is out already counts for up to 60 seconds. It cannot be undone.',
  options: instanceOptions,
  examples: ['willcall fence raise', 'willcall fence raise --env-file willcall.env'],
  async run(values) {
    const { readFenceMark, writeFenceMark } = await import('../../store/fence-mark.ts');
    const raised = await withStore(values, async ({ store, environment: { fenceFolder } }) => {
      const record = await store.instance.find();
      const isKept = record !== undefined && fenceFolder !== undefined;
      const above = isKept ? await readFenceMark(fenceFolder, record.id) : undefined;
      // Where servers judge by the clock of the database, what ended is dated by it too.
      const now = (await store.now?.()) ?? Date.now();
      const fence = await store.fence.raise({ reason: 'operator', now, above });
      if (isKept) await writeFenceMark(fenceFolder, record.id, fence);
      return fence;
    });
    print(describeRaise(raised));
  },
});

/** One sentence about a fence that was raised. */
export function describeRaise({ epoch, endedTickets, endedSessions }: RaisedFence): string {
  return `The fence is at epoch ${epoch}: ${endedTickets} pending tickets and ${endedSessions} live sessions have ended.`;
}
