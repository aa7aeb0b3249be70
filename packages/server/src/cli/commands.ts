import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { applyConfig } from './config/apply.ts';
import { checkConfig } from './config/check.ts';
import { verifyAudit } from './audit/verify.ts';
import { purgeData } from './purge.ts';
import { dev } from './dev.ts';
import { exportInstance } from './export.ts';
import { raiseFence } from './fence/raise.ts';
import { showFence } from './fence/show.ts';
import { importInstance } from './import.ts';
import { init } from './init.ts';
import { createKey } from './keys/create.ts';
import { listKeys } from './keys/list.ts';
import { revokeKey } from './keys/revoke.ts';
import { rotateKey } from './keys/rotate.ts';
import { applyMigrations } from './migrate/apply.ts';
import { planMigrations } from './migrate/plan.ts';
import { showMigrations } from './migrate/status.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { createToken } from './tokens/create.ts';
import { listTokens } from './tokens/list.ts';
import { revokeTokens } from './tokens/revoke-all.ts';
import { revokeToken } from './tokens/revoke.ts';
import { showToken } from './tokens/show.ts';
import { createUser } from './users/create.ts';
import { listUsers } from './users/list.ts';

/** Every command, in the order in which the help shows them. */
export const commands: readonly Command[] = [
  dev,
  init,
  serve,
  createToken,
  listTokens,
  showToken,
  revokeTokens,
  revokeToken,
  createUser,
  listUsers,
  createKey,
  listKeys,
  revokeKey,
  rotateKey,
  verifyAudit,
  purgeData,
  checkConfig,
  applyConfig,
  backup,
  restore,
  exportInstance,
  importInstance,
  showMigrations,
  planMigrations,
  applyMigrations,
  showFence,
  raiseFence,
];
