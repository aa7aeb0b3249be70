import type { ComponentType } from 'react';
import { allMessages } from '../messages/read.ts';
import { useProvider } from '../provider/context.ts';

/** Draws a part once all texts are there, and another in its place where they did not arrive. */
export function withMessages<Props extends object>(
  Part: ComponentType<Props>,
  Missing: ComponentType,
): ComponentType<Props> {
  return function PartWithMessages(props: Props) {
    const { messages, language = 'en' } = useProvider();
    return (messages ?? allMessages.read(language)) ? <Part {...props} /> : <Missing />;
  };
}
