import type { Engine } from './engine.ts';

/** The engine, and how many writes were asked of it so far. */
export function countWrites(engine: Engine): { engine: Engine; count: () => number } {
  const { runTogether } = engine;
  let writes = 0;
  return {
    engine: {
      ...engine,
      write(job, options) {
        writes += 1;
        return engine.write(job, options);
      },
      ...(runTogether && {
        runTogether(steps) {
          writes += 1;
          return runTogether(steps);
        },
      }),
    },
    count: () => writes,
  };
}
