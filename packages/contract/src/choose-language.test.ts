import { expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

const offered = ['en', 'de', 'pt-BR', 'ar'];

test.each([
  [['de'], 'de'],
  [['DE-at', 'en'], 'de'],
  [['pt-PT'], 'pt-BR'],
  [['pt'], 'pt-BR'],
  [['ar-EG'], 'ar'],
  [['it', 'fr-CH', 'de-CH', 'en'], 'de'],
  [['it'], undefined],
  [['deu', ''], undefined],
  [[], undefined],
])('of %j it is %s', (wanted, chosen) => {
  expect(chooseLanguage(wanted, offered)).toBe(chosen);
});

test('the same tag comes before one that differs in region', () => {
  expect(chooseLanguage(['pt-PT'], ['pt-BR', 'pt-PT'])).toBe('pt-PT');
});
