import { type ComponentType, lazy } from 'react';
import { drawOnArrival } from './arriving.tsx';
import { loadLate } from './load-late.ts';
import { MissingPart } from './missing-part.tsx';

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/**
 * A component that arrives when it is needed, and all texts with it. Where the network fails,
 * a button that says so takes its place: nothing else of the app may break. Browsers do not
 * ask again for a module that did not come, so only a new page helps.
 */
export function lazyPart<Props extends object>(load: Load<Props>): ComponentType<Props> {
  return lazyCard(async () => {
    const [part, { withMessages }] = await Promise.all([load(), loadLate()]);
    return { default: withMessages(part.default) };
  });
}

/** The same for a component that looks after its texts itself. */
export function lazyCard<Props extends object>(load: Load<Props>): ComponentType<Props> {
  return lazy(() => {
    const arriving = load().catch(() => ({ default: MissingPart }));
    drawOnArrival(arriving);
    return arriving;
  });
}
