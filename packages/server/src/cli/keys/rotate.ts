import { defineCommand } from '../command.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { print, tell } from '../output.ts';

/** `willcall keys rotate`. */
export const rotateKey = defineCommand({
  name: 'keys rotate',
  summary: 'Make a new key that signs session tokens.',
  details:
    'A running server signs with it within a second. Tokens of earlier keys stay valid for another hour, ' +
    'so that nobody is signed out. Secret keys are not touched.',
  options: instanceOptions,
  examples: ['willcall keys rotate', 'willcall keys rotate --env-file willcall.env'],
  async run(values) {
    const { rotateKeys } = await import('../../world/open-world.ts');
    print(await withInstance(values, ({ world, secret }) => rotateKeys(world.store, secret)));
    tell('This key signs from now on; earlier ones verify for another hour.');
  },
});
