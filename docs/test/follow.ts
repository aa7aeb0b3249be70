import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { expect, onTestFinished } from 'vitest';
import { stop } from '../../tooling/development-server.ts';
import { firstLine, runCommand, startCommand } from './command.ts';
import { commandsOf } from './documents.ts';

/** Somebody who types what a guide says, line by line, in a folder with a production instance. */
export interface Follower {
  readonly folder: string;
  /** The next line, which must contain this. */
  next(part: string): string;
  /** Runs a command to its good end; answers what it wrote. */
  run(command: string): Promise<string>;
  /** Starts a server and waits until it answers. It is stopped at the end of the test at the latest. */
  serve(command: string): Promise<{ readonly child: ChildProcess; readonly api: WillcallClient }>;
  /** No line of the guide is left. */
  expectEnd(): void;
}

/** Begins to follow a guide, in a test. */
export async function follow(guide: string): Promise<Follower> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-guide-'));
  const serving: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of serving) await stop(child);
    await rm(folder, { recursive: true, force: true });
  });
  const run = (command: string) => runCommand(command, folder);
  const init = 'npx willcall init --production --public-url https://auth.example.com';
  const secretKey = /sk_live_\w+/.exec(await run(init))?.[0] ?? '';
  const commands = commandsOf(guide);
  const followed: string[] = [];
  return {
    folder,
    run,
    next(part) {
      const command = commands[followed.length] ?? '';
      expect(command).toContain(part);
      followed.push(command);
      return command;
    },
    async serve(command) {
      const child = startCommand(command, folder);
      serving.push(child);
      const apiUrl = `http://127.0.0.1:${/port (\d+)/.exec(await firstLine(child))?.[1] ?? ''}`;
      return { child, api: createWillcallClient({ apiUrl, secretKey }) };
    },
    expectEnd: () => expect(followed).toEqual(commands),
  };
}
