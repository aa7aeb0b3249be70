import { useProvider } from '../provider/context.ts';
import type { Messages } from './messages.ts';
import { allMessages } from './read.ts';

/** All texts, for what stands in a {@link lazyPart}: it waits for them, and is not drawn without. */
export function useMessages(): Messages {
  const { messages, language = 'en' } = useProvider();
  const read = messages ?? allMessages.read(language);
  if (!read) throw new TypeError('Texts are missing.');
  return read;
}
