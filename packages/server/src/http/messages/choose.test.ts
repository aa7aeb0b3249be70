import { expect, test } from 'vitest';
import { messagesFor, pageMessages, readAcceptLanguage } from './choose.ts';
import { en } from './en.ts';

test.each([
  ['de-AT,de;q=0.9,en;q=0.8', ['de-AT', 'de', 'en']],
  ['en;q=0.5, fr;q=0.9 , ar', ['ar', 'fr', 'en']],
  ['de;q=0, es;q=1.000', ['es']],
  ['*;q=0.1, en;q=2, <script>, fr;q=x', []],
  ['', []],
])('%j asks for %j', (header, tags) => {
  expect(readAcceptLanguage(header)).toEqual(tags);
});

test('a header without an end is not read to its end', () => {
  expect(readAcceptLanguage('de,'.repeat(100_000))).toHaveLength(20);
});

test.each([
  ['de-CH,fr;q=0.5', 'de'],
  ['it,pt-PT;q=0.9', 'pt-BR'],
  ['it', 'en'],
  [undefined, 'en'],
])('for %j the page is in %s', (header, language) => {
  expect(messagesFor({ headers: { 'accept-language': header } }).language).toBe(language);
});

const english = textsOf(en);

test.each(pageMessages.slice(1).map((messages) => [messages.language, messages] as const))(
  '%s has every text with its placeholders, and none was left in English',
  (_language, messages) => {
    const texts = textsOf(messages);
    expect([...texts.keys()]).toEqual([...english.keys()]);
    for (const [place, text] of texts) {
      expect(text.trim(), place).toBe(text);
      expect(placeholdersOf(text), place).toEqual(placeholdersOf(english.get(place) ?? ''));
      if (place !== 'direction') expect(text, place).not.toBe(english.get(place));
    }
  },
);

test('there are six languages, one of them from right to left', () => {
  expect(english.size).toBeGreaterThan(35);
  expect(pageMessages.map(({ language }) => language)).toHaveLength(6);
  expect(pageMessages.filter(({ direction }) => direction === 'rtl')).toHaveLength(1);
});

/** What the components say in the same places, by the language: a person may meet both. */
test.each(pageMessages.map((messages) => [messages.language, messages] as const))(
  '%s asks and refuses in the words of the components',
  async (language, { link }) => {
    const { rest } = await componentTexts<{ rest: Components }>(language, 'rest');
    const { outage } = await componentTexts<{ outage: Pick<Components, 'errors'> }>(
      language,
      'outage',
    );
    const { asking, ticket, contact, cancel } = rest;
    const { refusals, ...own } = link;
    for (const [name, text] of Object.entries(asking)) {
      // A page whose form can be used below has another word for leaving.
      if (name !== 'notMe') expect([name, own[name as keyof typeof own]]).toEqual([name, text]);
    }
    expect([link.continue, link.newLink, link.contact, link.cancel]).toEqual([
      ...[rest.continue, ticket['newLink'], contact, cancel],
    ]);
    const told: Readonly<Record<string, string>> = { ...rest.errors, ...outage.errors };
    expect(Object.fromEntries(Object.keys(refusals).map((code) => [code, told[code]]))).toEqual(
      refusals,
    );
  },
);

interface Components {
  readonly asking: Readonly<Record<string, string>>;
  readonly ticket: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly contact: string;
  readonly cancel: string;
  readonly continue: string;
}

/** A file of the components' texts. No package may name it; that both agree is all that is asked of it. */
async function componentTexts<Texts>(language: string, name: 'rest' | 'outage'): Promise<Texts> {
  const file = `../../../../react/src/messages/${language}/${name}.ts`;
  return (await import(new URL(file, import.meta.url).href)) as Texts;
}

/** Each text by its place, `link.title`. */
function textsOf(group: object, above = ''): Map<string, string> {
  return new Map(
    Object.entries(group).flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === 'string'
        ? [[above + key, value]]
        : [...textsOf(value as object, `${above}${key}.`)],
    ),
  );
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();
}
