import type { Migration } from '../migrations.ts';

/** In which timeline of a PostgreSQL the history goes on. */
export const timeline: Migration = {
  name: '016-timeline',
  statements: ['ALTER TABLE instance ADD COLUMN timeline TEXT'],
};
