/*
 * The Firebase Auth emulator by itself, without the command that asks the network. It keeps
 * everything in memory and signs nothing.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createApp } = require('firebase-tools/lib/emulator/auth/server');

const app = await createApp('demo-bench');
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => process.exit(0));
