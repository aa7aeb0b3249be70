import path from 'node:path';
import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { takeOut } from './tooling/test/take-out.ts';

// Packages of this repository are taken from their sources, so that no test sees a stale build.
const ownSources = 'willcall-source';

// Tests start real servers and browsers on whatever machine this is.
const patience = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 30_000,
  expect: { poll: { timeout: 15_000 } },
};

const leftOut = ['**/node_modules/**', '**/dist/**', '**/.build/**', '**/fixtures/**'];

// What runs on the embedded database in a moment runs on PostgreSQL as well; all of it at night.
const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';

// A story of a browser that fails on a busy machine is told again, and the run says so at its end.
const again = process.env['CI'] === undefined ? 0 : 1;

// A guard that a test shall miss; what is loaded without it is kept for no other run.
const takenOut = process.env['WILLCALL_TAKE_OUT'];

// Projects of different groups run one after another.
export default defineConfig({
  plugins: takenOut === undefined ? [] : [takeOut(takenOut)],
  resolve: { conditions: [ownSources, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [ownSources, ...defaultServerConditions] } },
  test: {
    ...patience,
    fsModuleCache: takenOut === undefined,
    // Programs that tests start from sources are read and compiled once, not at every start.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, '.build/compile-cache') },
    pool: 'forks',
    maxWorkers: 2,
    exclude: leftOut,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.{ts,tsx}',
            'packages/{contract,server,portal}/test/**/*.test.{ts,tsx}',
            'tooling/{bootstrap,build,check,source,test}/**/*.test.ts',
          ],
          exclude: [...leftOut, 'packages/server/test/postgres/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: isNightly
            ? ['packages/server/{src,test}/**/*.test.ts']
            : [
                'packages/server/test/{store,blocks,user-erasure,metadata,audit-tail,moving,rolling,openings,redeem,locks,during-a-step,work-of-calls,postgres/*}.test.ts',
                'packages/server/test/exactly-once/{crash,fence,kill,race,retry}.test.ts',
              ],
          // What is about files, processes and generated text has no second engine.
          exclude: [
            ...leftOut,
            'packages/server/test/{cli,mutants,reference}/**',
            'packages/server/test/reading-thread.test.ts',
            'packages/server/test/exactly-once/{fence-mark,power-loss,restore}.test.ts',
          ],
          globalSetup: 'packages/server/test/database/setup.ts',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['packages/{backend,testing,browser,react}/test/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['conformance/**/*.test.ts'],
          sequence: { groupOrder: 3 },
          retry: again,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [
            'e2e/**/*.test.ts',
            'tooling/packaging/*.test.ts',
            'docs/test/*.test.ts',
            'bench/*.test.ts',
          ],
          sequence: { groupOrder: 4 },
          retry: again,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
