import { expect, test } from 'vitest';
import { texts as english } from './en.ts';
import { languages } from './languages.ts';

const placeholdersOf = (text: string) => text.match(/\{\w+\}/g) ?? [];

test('there are six languages', () => {
  expect(Object.keys(languages)).toEqual(['en', 'de', 'fr', 'es', 'pt-BR', 'ar']);
});

test.each(Object.entries(languages).filter(([tag]) => tag !== 'en'))(
  '%s has every text of the pages, with its placeholders, and none in English',
  async (_tag, load) => {
    const { texts } = await load();
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      const original = english[key as keyof typeof english];
      expect(text, key).not.toBe(original);
      expect(text.trim().length, key).toBeGreaterThan(1);
      expect(placeholdersOf(text), key).toEqual(placeholdersOf(original));
    }
  },
);
