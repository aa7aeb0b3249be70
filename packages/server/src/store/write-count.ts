import type { Engine } from './engine.ts';

/** The engine, and how many writes were asked of it so far. */
export function countWrites(engine: Engine): { engine: Engine; count: () => number } {
  let writes = 0;
  return {
    engine: {
      ...engine,
      write(job, options) {
        writes += 1;
        return engine.write(job, options);
      },
    },
    count: () => writes,
  };
}
