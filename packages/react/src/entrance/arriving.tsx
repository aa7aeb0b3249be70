import { type ReactNode, Suspense, useEffect, useState } from 'react';

const waiting = new Set<(state: object) => void>();

interface ArrivingProps {
  /** Drawn while something that the children need is on its way. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/**
 * A `<Suspense>` that shows what arrives at once. React 19 waits until a fallback has stood for
 * 300 ms before it draws by itself what has arrived; what an update draws it shows at once.
 */
export function Arriving({ fallback, children }: ArrivingProps) {
  const [, draw] = useState<object>();
  useEffect(() => {
    waiting.add(draw);
    return () => void waiting.delete(draw);
  }, []);
  return <Suspense fallback={fallback}>{children}</Suspense>;
}

/** Draws what waits, as soon as this has arrived. */
export function drawOnArrival(arriving: Promise<unknown>): void {
  void arriving.then(() => waiting.forEach((draw) => draw({})));
}
