import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairsOf } from '../tooling/test/pairs.ts';
import { newAddress } from '../tooling/new-address.ts';
import { addCarefulUser } from './authenticator.ts';
import { holdBack } from './calls.ts';
import { developExample } from './example-app.ts';
import { readCode } from './mailbox.ts';
import { expectStep, formPlaces, type Place } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** A link that needs a further step, and the answer to what is asked then. */
interface Question {
  readonly ticket: string;
  readonly userId: string;
  readonly answer: (visitor: Visitor) => Promise<string>;
}

const steps = {
  'second-factor': { heading: 'One more step', ask: askForSecondFactor },
  'client-trust': { heading: 'Is it you?', ask: askForTrust },
};

async function askForSecondFactor(): Promise<Question> {
  const { user, code } = await addCarefulUser(stage.server);
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  return { ticket: token, userId: user.id, answer: async () => code() };
}

async function askForTrust(): Promise<Question> {
  const email = newAddress('reader');
  const { user } = await stage.server.addUser({ email });
  const token = { user_id: user.id, step_up: 'client_trust' };
  const issued = await stage.server.call<{ token: string }>('POST', '/sign_in_tokens', token);
  async function answer({ openTab }: Visitor): Promise<string> {
    const mailbox = await openTab();
    const code = await readCode(mailbox, stage.server.url, email);
    await mailbox.close();
    return code;
  }
  return { ticket: issued.token, userId: user.id, answer };
}

const cells = pairsOf({
  story: ['reload', 'leaving', 'tabs', 'slow'],
  step: ['second-factor', 'client-trust'],
  place: formPlaces,
});

/** At which step, and where, a story is told. */
function casesOf(story: (typeof cells)[number]['story']) {
  return cells
    .filter((cell) => cell.story === story)
    .map(({ step, place }) => ({ step, ...steps[step], place, kind: place.kind }));
}

async function countSessions(userId: string): Promise<number> {
  return (await stage.server.api.sessions.getSessionList({ userId })).totalCount;
}

test.each(casesOf('reload'))(
  'a reload in the middle of $step asks the same again ($kind)',
  async ({ step, heading, ask, place }) => {
    const { ticket, answer, userId } = await ask();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: heading }).waitFor();
    await expectStep(page, place, step);
    const code = await answer(visitor);
    await page.reload();
    await page.getByRole('heading', { name: heading }).waitFor();
    await expectStep(page, place, step);
    await page.getByLabel('Code').fill(code);
    await page.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'the back button goes a step back, and no ticket comes up ($kind)',
  async (place) => {
    const { ticket, answer } = await askForSecondFactor();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(`${stage.app.url}/from-code`);
    await page.goto(place.link(stage, ticket));
    await page.getByRole('button', { name: 'Use a backup code' }).click();
    await expectStep(page, place, 'backup-code');
    await page.goBack();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await expectStep(page, place, 'second-factor');
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in from code' }).waitFor();
    await page.goForward();
    await page.getByLabel('Code').fill(await answer(visitor));
    await page.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(casesOf('leaving'))(
  'a page that is left at $step, and come back to, still asks; so does one whose server is away ($kind)',
  async ({ heading, ask, place }) => {
    const { ticket, answer, userId } = await ask();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: heading }).waitFor();
    const code = await answer(visitor);
    await page.goto(`${stage.app.url}/from-code`);
    await page.goBack();
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.route('**/attempt_second_factor', (route) => route.abort('connectionrefused'));
    await page.getByLabel('Code').fill(code);
    await page.getByRole('alert').filter({ hasText: 'There was no answer.' }).waitFor();
    await page.unroute('**/attempt_second_factor');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(casesOf('tabs'))(
  'two tabs at $step open one session, and both are let in ($kind)',
  async ({ heading, ask, place }) => {
    const { ticket, answer, userId } = await ask();
    const visitor = await newVisitor(stage.browser);
    const { page, openTab, complaints } = visitor;
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: heading }).waitFor();
    const code = await answer(visitor);
    const other = await openTab();
    await other.goto(page.url());
    await other.getByRole('heading', { name: heading }).waitFor();
    await page.getByLabel('Code').fill(code);
    await page.getByText(place.greeting).waitFor();
    await other.getByText(place.greeting).waitFor();
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(casesOf('slow'))(
  'on a slow network $step is answered once, however often it is sent ($kind)',
  async ({ heading, ask, place }) => {
    const { ticket, answer, userId } = await ask();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(place.link(stage, ticket));
    await page.getByRole('heading', { name: heading }).waitFor();
    const code = await answer(visitor);
    let attempts = 0;
    page.on('request', (request) => {
      if (request.url().includes('attempt_second_factor')) attempts += 1;
    });
    const release = await holdBack(page, 'sign_ins');
    await page.getByLabel('Code').fill(code);
    await expect.poll(() => attempts).toBe(1);
    await page.locator('form[aria-busy="true"]').waitFor();
    // The button says that it is disabled, and can be pressed all the same.
    await page.getByRole('button', { name: 'Continue' }).click({ force: true });
    await page.keyboard.press('Enter');
    release();
    await page.getByText(place.greeting).waitFor();
    expect(attempts).toBe(1);
    expect(await countSessions(userId)).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(Object.entries(steps))(
  'in StrictMode, where every effect runs twice, %s is asked and answered once',
  async (step, { heading, ask }) => {
    const [, path, hash] = formPlaces as [Place, Place, Place];
    const development = await developExample(stage.server.url);
    try {
      for (const place of [path, hash]) {
        const { ticket, answer, userId } = await ask();
        const visitor = await newVisitor(stage.browser);
        const { page, complaints } = visitor;
        const asked: string[] = [];
        page.on('request', (request) => {
          if (request.method() === 'POST') asked.push(new URL(request.url()).pathname);
        });
        await page.goto(place.link({ ...stage, app: development }, ticket));
        await page.getByRole('heading', { name: heading }).waitFor();
        await expectStep(page, place, step);
        await page.getByLabel('Code').fill(await answer(visitor));
        await page.getByText(place.greeting).waitFor();
        expect(asked.filter((each) => each.endsWith('/sign_ins'))).toHaveLength(1);
        expect(asked.filter((each) => each.endsWith('/attempt_second_factor'))).toHaveLength(1);
        const mailed = asked.filter((each) => each.endsWith('/prepare_second_factor'));
        expect(mailed).toHaveLength(step === 'client-trust' ? 1 : 0);
        expect(await countSessions(userId)).toBe(1);
        expect(complaints).toEqual([]);
      }
    } finally {
      await development.stop();
    }
  },
);
