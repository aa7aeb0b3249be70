import { revokeSecretKey } from '../../domain/key/secret-key.ts';
import { defineCommand } from '../command.ts';
import { Failure } from '../failure.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { print } from '../output.ts';
import { writeTime } from '../time.ts';

/** `willcall keys revoke`. */
export const revokeKey = defineCommand({
  name: 'keys revoke',
  summary: 'End a secret key at once.',
  details: "A running server refuses it from the next call on. 'willcall keys list' shows the ids.",
  operand: 'id',
  options: instanceOptions,
  examples: ['willcall keys revoke key_01m88w66vtg0njc741sgfpy46c'],
  async run(values, id) {
    const since = await withInstance(values, ({ world }) => revokeSecretKey(world, id));
    if (since !== undefined)
      throw new Failure(`${id} is revoked already, since ${writeTime(since)}.`);
    print(`${id} is revoked.`);
  },
});
