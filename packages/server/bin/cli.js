#!/usr/bin/env node
// The command `willcall`. In a clone it is here before anything is built: npm links a
// command only to a file that exists.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  console.error('Willcall is not built yet. Run "npm run build", then try again.');
  process.exitCode = 1;
}
