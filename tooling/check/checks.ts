import { checkDeadCode } from './dead-code.ts';
import { checkDirection } from './direction.ts';
import { checkDocuments } from './documents.ts';
import { checkFormat } from './format.ts';
import { checkLicences } from './licences.ts';
import { checkLint } from './lint.ts';
import { checkLockFiles } from './lock-files.ts';
import { checkNotices } from './notices.ts';
import { checkTypeCoverage } from './type-coverage.ts';
import { checkTypes } from './types.ts';
import type { Check } from './outcome.ts';

/** All checks, by the name that `npm run check -- <name>` takes. */
export const checks: Readonly<Record<string, Check>> = {
  types: checkTypes,
  'type-coverage': checkTypeCoverage,
  format: checkFormat,
  lint: checkLint,
  direction: checkDirection,
  'dead-code': checkDeadCode,
  'lock-files': checkLockFiles,
  licences: checkLicences,
  notices: checkNotices,
  documents: checkDocuments,
};
