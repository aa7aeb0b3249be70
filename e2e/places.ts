import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { pairsOf } from '../tooling/test/pairs.ts';
import type { Stage } from './stage.ts';

/** A page that redeems tickets, with the place of the ticket in its address. */
export interface Place {
  readonly kind: string;
  /** Its address with a ticket. */
  readonly link: (stage: Pick<Stage, 'server' | 'app'>, ticket: string) => string;
  /** Where the address keeps the step of the form. */
  readonly routing: 'path' | 'hash';
  /** What whoever was let in sees there. */
  readonly greeting: string | RegExp;
}

/** The title of the hosted page, and no text that only begins so. */
export const hosted = /^You are signed in$/;
export const embedded = 'Held at the will-call window';

/** The four places: hosted and embedded, the ticket in query and hash. */
export const places: readonly Place[] = [
  { kind: 'hosted, query', link: below('server', '/sign-in?'), routing: 'path', greeting: hosted },
  { kind: 'hosted, hash', link: below('server', '/sign-in#/?'), routing: 'path', greeting: hosted },
  { kind: 'embedded, path', link: below('app', '/sign-in?'), routing: 'path', greeting: embedded },
  {
    kind: 'embedded, hash',
    link: below('app', '/sign-in-hash#/?'),
    routing: 'hash',
    greeting: embedded,
  },
];

/** Those whose forms differ: once a ticket is taken, the hosted page is the same for query and hash. */
export const formPlaces = places.filter(({ kind }) => kind !== 'hosted, hash');

/**
 * Says where each of these stories is told, which begin once a ticket is taken: by day each at
 * both pages and with both parts of the address, at night at all four places.
 */
export function placesFor<const Story extends string>(...stories: Story[]) {
  const page = [places.slice(0, 2), places.slice(2)];
  const cells = pairsOf({ story: stories, page, part: [0, 1] });
  return (story: Story): readonly Place[] =>
    cells.filter((cell) => cell.story === story).map((cell) => cell.page[cell.part] as Place);
}

function below(part: 'server' | 'app', page: string): Place['link'] {
  return (stage, ticket) => `${stage[part].url}${page}__clerk_ticket=${ticket}`;
}

/** Waits until the address stands at a step, and names no ticket. */
export async function expectStep(page: Page, { routing }: Place, step: string): Promise<void> {
  await expect.poll(() => stepOf(new URL(page.url()), routing)).toBe(step);
  expect(page.url()).not.toContain('__clerk_ticket');
}

function stepOf({ pathname, hash }: URL, routing: Place['routing']): string {
  const place = routing === 'hash' ? hash : pathname.replace(/^\/sign-in/, '');
  return place.replace(/^#?\//, '');
}

/** Signs out by the button of the page, and expects that a reload does not bring anybody back. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await signedOutNote(page).waitFor();
  await page.reload();
  await signedOutNote(page).waitFor();
}

function signedOutNote(page: Page) {
  return page.getByText(/Nobody is signed in\.|You are not signed in/);
}
