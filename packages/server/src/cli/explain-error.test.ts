import { expect, test } from 'vitest';
import { explainError } from './explain-error.ts';

test.each([
  // SQLITE_IOERR_SHMSIZE and SQLITE_IOERR_WRITE, of a disk without room.
  [4874, 'it is full, or it fails'],
  [778, 'it is full, or it fails'],
  [13, 'The disk is full.'],
])('the result code %i of SQLite is no bug of Willcall', async (errcode, sentence) => {
  const error = Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode });
  expect(await explainError(error)).toContain(sentence);
});
