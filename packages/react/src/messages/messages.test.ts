import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { languages } from './languages.ts';
import { outages } from './outages.ts';
import { allMessages } from './read.ts';
import { rests } from './rests.ts';

const others = Object.keys(languages);
const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Texts that are the same word in two languages. */
const sameInBoth: Readonly<Record<string, readonly string[]>> = {
  de: ['optional', 'profile.name'],
  fr: [],
  es: [],
  'pt-BR': [],
  ar: [],
};

/** Each text by its place, `signIn.title`. */
function textsOf(group: object, above = ''): Map<string, string> {
  return new Map(
    Object.entries(group).flatMap(([key, value]: [string, unknown]): [string, string][] =>
      typeof value === 'string'
        ? [[above + key, value]]
        : [...textsOf(value as object, `${above}${key}.`)],
    ),
  );
}

const placeholdersOf = (text = '') =>
  [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();

async function textsIn(language: string): Promise<Map<string, string>> {
  const messages = await allMessages.load(language);
  if (!messages) throw new TypeError(`The texts of ${language} cannot be loaded.`);
  return textsOf(messages);
}

const english = textsOf(en);

test('each folder is a language that is offered, and each language has its three files', () => {
  expect(folders.toSorted()).toEqual(['en', ...others].toSorted());
  expect(Object.keys(outages)).toEqual(['en', ...others]);
  expect(Object.keys(rests)).toEqual(['en', ...others]);
  expect(others.length).toBeGreaterThanOrEqual(5);
});

test('the texts that are fetched for English are those of `en`', async () => {
  expect(english.size).toBeGreaterThan(180);
  expect(await textsIn('en')).toEqual(english);
});

test.each(others)('%s has the texts of English, no more and no fewer', async (language) => {
  expect([...(await textsIn(language)).keys()].toSorted()).toEqual([...english.keys()].toSorted());
});

test.each(others)('each text of %s has the placeholders of the English one', async (language) => {
  for (const [place, text] of await textsIn(language)) {
    expect(placeholdersOf(text), place).toEqual(placeholdersOf(english.get(place)));
    expect(text.replaceAll(/\{\w+\}/g, ''), place).not.toMatch(/[{}]|\$\{/);
  }
});

test.each(others)('no text of %s is empty or was left in English', async (language) => {
  const left = [...(await textsIn(language))]
    .filter(
      ([place, text]) =>
        text === english.get(place) && /\p{L}{3}/u.test(text.replaceAll(/\{\w+\}/g, '')),
    )
    .map(([place]) => place)
    .filter((place) => place !== 'direction');
  expect(left.toSorted()).toEqual([...(sameInBoth[language] ?? [])].toSorted());
  for (const [place, text] of await textsIn(language)) {
    expect(text.trim(), place).toBe(text);
    expect(text, place).not.toBe('');
  }
});

test.each(['en', ...others])(
  '%s says which language it is, and which way it runs',
  async (language) => {
    const messages = await allMessages.load(language);
    expect(messages?.language).toBe(language);
    expect(messages?.direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
    expect(Intl.DateTimeFormat.supportedLocalesOf([language])).toEqual([language]);
  },
);
