import type { Page } from 'playwright-core';

/** What a page showed, frame by frame. */
export interface FrameWatch {
  /** The headings, each as often as it took the place of another one. */
  readonly headings: () => readonly string[];
  /** The labels of fields that came up. */
  readonly fields: () => readonly string[];
}

/** Looks at every frame from now on, on every page that is opened. */
export async function watchFrames(page: Page): Promise<FrameWatch> {
  const headings: string[] = [];
  const fields: string[] = [];
  await page.exposeFunction('noteFrame', (heading: string, labels: readonly string[]) => {
    if (heading !== '' && headings.at(-1) !== heading) headings.push(heading);
    fields.push(...labels.filter((label) => !fields.includes(label)));
  });
  await page.addInitScript(noteFrames);
  return { headings: () => headings, fields: () => fields };
}

/** Runs in the page before its scripts. */
function noteFrames(): void {
  const { noteFrame } = window as unknown as {
    noteFrame(heading: string, labels: readonly string[]): void;
  };
  let last = '';
  look();

  function look(): void {
    const heading = document.querySelector('h1')?.textContent ?? '';
    const labels = [...document.querySelectorAll('label')].map(({ textContent }) => textContent);
    const seen = JSON.stringify([heading, labels]);
    // Told at once and in order: the page may be gone with the next frame.
    if (seen !== last) noteFrame(heading, labels);
    last = seen;
    requestAnimationFrame(look);
  }
}
