import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { developExample, type ExampleApp } from './example-app.ts';
import { root, runProcess } from './process.ts';
import { type Server, startServer, willcallCommand } from './server.ts';
import { newVisitor } from './visitor.ts';

const folder = path.join(root, 'examples/react-vite');
const workspace = 'willcall-example-react-vite';

let server: Server;
let app: ExampleApp;
let browser: Browser;
let commands: string[];

beforeAll(async () => {
  const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
  commands = [...readme.matchAll(/^```sh\n(.*)\n```$/gm)].map(([, command = '']) => command);
  server = await startServer();
  app = await developExample(server.url);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await server?.stop();
});

test('the commands of the README are those that the stories run', async () => {
  expect(commands).toEqual([
    'npm start',
    `npm run dev --workspace ${workspace}`,
    expect.stringMatching(/^npx willcall tokens create /),
    `VITE_WILLCALL_URL=http://localhost:4000 npm run build --workspace ${workspace}`,
  ]);
  const text = await readFile(path.join(folder, 'package.json'), 'utf8');
  const { name, scripts } = JSON.parse(text) as { name: string; scripts: Record<string, string> };
  expect(name).toBe(workspace);
  expect(scripts).toEqual({ dev: 'vite', build: 'vite build', preview: 'vite preview' });
});

test('the link of the README signs the demo user in to the app', async () => {
  const [, , command = ''] = commands;
  const args = command.replace('http://localhost:5173', app.url).split(' ').slice(2);
  const printed = await runProcess([willcallCommand, ...args], {
    env: { WILLCALL_API_URL: server.url, WILLCALL_SECRET_KEY: server.secretKey },
  });
  const link = /http\S+__clerk_ticket=\S+/.exec(printed)?.[0] ?? '';
  expect(link.startsWith(`${app.url}/sign-in?`)).toBe(true);
  const { page, complaints } = await newVisitor(browser);
  await page.goto(link);
  await page.getByText('Held at the will-call window for').waitFor();
  expect(complaints).toEqual([]);
});

test.each([
  ['/', 'Tonight'],
  ['/sign-in', 'Sign in'],
  ['/sign-in-hash', 'Sign in'],
  ['/sign-up', 'Create an account'],
  ['/from-code', 'Sign in from code'],
  ['/account', 'Your account'],
  ['/company', 'Your company'],
  ['/no-such-page', 'Not found'],
])('the page %s has the title %s', async (at, title) => {
  const { page, complaints } = await newVisitor(browser);
  await page.goto(`${app.url}${at}`);
  await expect.poll(() => page.title()).toBe(`${title} · Row K`);
  expect(complaints).toEqual([]);
});

test('links of the app load no page, and the back button returns', async () => {
  const { page } = await newVisitor(browser);
  await page.goto(app.url);
  let loads = 0;
  page.on('framenavigated', () => (loads += 1));
  const documents: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) documents.push(request.url());
  });
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('E-mail address').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'The Tempest' }).waitFor();
  expect(loads).toBeGreaterThan(0);
  expect(documents).toEqual([]);
});
