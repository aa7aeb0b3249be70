import { chooseLanguage } from '@willcall/contract';
import type { FastifyRequest } from 'fastify';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { PageMessages } from './page-messages.ts';
import { ptBR } from './pt-BR.ts';

/** The languages of the pages that the server writes: one entry each, English first. */
export const pageMessages: readonly PageMessages[] = [en, de, fr, es, ptBR, ar];

/** The texts in the language that the browser asks for, English where there is none of its. */
export function messagesFor({ headers }: Pick<FastifyRequest, 'headers'>): PageMessages {
  const wanted = readAcceptLanguage(headers['accept-language'] ?? '');
  const tag = chooseLanguage(
    wanted,
    pageMessages.map(({ language }) => language),
  );
  return pageMessages.find(({ language }) => language === tag) ?? en;
}

/** The tags of an `Accept-Language` (RFC 9110, section 12.5.4), the most wanted first; at most 20. */
export function readAcceptLanguage(header: string): string[] {
  return header
    .split(',', 20)
    .map((part) => {
      const [tag = '', quality] = part.split(';', 2).map((text) => text.trim());
      return { tag, quality: readQuality(quality) };
    })
    .filter(({ tag, quality }) => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag) && quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

/** `q=0.8`; 1 without one, 0 for what is no number between both. */
function readQuality(text: string | undefined): number {
  if (text === undefined) return 1;
  const value = /^q=([01](\.\d{0,3})?)$/i.exec(text)?.[1];
  return value === undefined || Number(value) > 1 ? 0 : Number(value);
}
