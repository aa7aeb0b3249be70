import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Page,
  Request,
} from 'playwright-core';
import { onTestFinished } from 'vitest';

/** A person with a browser of their own, at one page. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the consoles of all their pages complained about, and errors that nobody caught. */
  readonly complaints: string[];
  /** The calls of all their pages that are without an answer yet. */
  readonly calls: ReadonlySet<Request>;
  /** Another tab of the same browser. */
  openTab(): Promise<Page>;
}

/** Lets somebody new sit down at a browser, for the length of a test. */
export async function newVisitor(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext(options);
  // A story fails where it stands still, and says at what it looked.
  context.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  context.on('page', (page) => watch(page, complaints));
  const calls = new Set<Request>();
  context.on('request', (request) => calls.add(request));
  context.on('requestfinished', (request) => calls.delete(request));
  context.on('requestfailed', (request) => calls.delete(request));
  const page = await context.newPage();
  const visitor = { page, context, complaints, calls, openTab: () => context.newPage() };
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await describe(visitor);
    // A page that stays open goes on working.
    await context.close();
  });
  return visitor;
}

/** Says what a person saw when the story failed, and which calls had no answer. */
async function describe({ context, complaints, calls }: Visitor): Promise<void> {
  for (const page of context.pages()) {
    console.log(`${page.url()}\n${await page.locator('body').ariaSnapshot().catch(String)}`);
  }
  for (const call of calls) console.log(`no answer yet: ${call.method()} ${call.url()}`);
  console.log(complaints.join('\n'));
}

function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // The browser itself notes each refused call; that is what a refusal looks like.
    if (message.text().startsWith('Failed to load resource')) return;
    complaints.push(`${message.type()}: ${message.text()}`);
  });
}
