import type { ComponentType } from 'react';
import { allMessages } from '../messages/read.ts';
import { useProvider } from '../provider/context.ts';
import { MissingPart } from './missing-part.tsx';

/** Draws a part once all texts are there, and {@link MissingPart} where they did not arrive. */
export function withMessages<Props extends object>(
  Part: ComponentType<Props>,
): ComponentType<Props> {
  return function PartWithMessages(props: Props) {
    const { messages, language = 'en' } = useProvider();
    return (messages ?? allMessages.read(language)) ? <Part {...props} /> : <MissingPart />;
  };
}
