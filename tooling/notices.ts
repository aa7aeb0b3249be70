// node tooling/notices.ts: writes THIRD_PARTY_NOTICES.md from what is installed.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './build/packages.ts';
import { writeNotices } from './check/licences/notices.ts';
import { noticesFile } from './check/notices.ts';

const { text, count } = await writeNotices(root);
await writeFile(path.join(root, noticesFile), text);
console.log(`Wrote ${noticesFile} with ${count} packages.`);
