import { randomBytes } from 'node:crypto';
import type { Draw } from './engine.ts';

/** What one transaction draws its numbers from. */
export interface Lane {
  draw(): Draw;
  /** Its transaction was committed: the next one goes on behind its numbers. */
  keep(): void;
  /** Its transaction was undone: the next one draws the same numbers. */
  undo(): void;
}

/**
 * Gives each transaction under way a lane of its own. One of which nobody knows whether it was
 * committed is neither kept nor undone: its lane has ended.
 */
export function openLanes(): () => Lane {
  const idle: { id: string; count: number }[] = [];
  let latest = 0;
  return () => {
    const lane = idle.pop() ?? { id: randomBytes(12).toString('base64url'), count: 0 };
    let drawn = 0;
    return {
      draw() {
        drawn += 1;
        latest = Math.max(latest + 1, Math.floor(now() * 1000));
        return { lane: lane.id, number: lane.count + drawn, drawnAt: latest };
      },
      keep() {
        idle.push({ ...lane, count: lane.count + drawn });
      },
      undo() {
        idle.push(lane);
      },
    };
  };
}

/** Milliseconds since the epoch, by a clock that is never set back. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
