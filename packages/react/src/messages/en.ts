import { entrance } from './en/entrance.ts';
import { outage } from './en/outage.ts';
import { rest } from './en/rest.ts';
import { mergeMessages } from './merge.ts';
import type { Messages } from './messages.ts';

/** Every text in English. */
export const en: Messages = /* @__PURE__ */ mergeMessages(entrance, outage, rest);
