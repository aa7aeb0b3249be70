import { errorStatus } from '@willcall/contract';
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../../domain/refusal.ts';
import type { PageMessages } from '../messages/page-messages.ts';
import type { Service } from '../service.ts';
import { fill, type Html, html, sendDocument } from './document.ts';

/** Tells a person why a link does not go on, and what to do next. */
export function sendRefusal(
  { world }: Service,
  reply: FastifyReply,
  messages: PageMessages,
  reason: Html,
  { code }: Pick<Refusal, 'code'>,
): FastifyReply {
  const { applicationName, newLinkUrl, supportEmail } = world.instance.settings;
  const { link } = messages;
  return sendDocument(reply, {
    status: errorStatus[code],
    messages,
    title: link.refusedTitle,
    applicationName,
    body: html`<p class="text" role="alert">${reason}</p>
      ${
        newLinkUrl === undefined
          ? ''
          : html`<a class="primary" href="${newLinkUrl}">${link.newLink}</a>`
      }<a class="secondary" href="/sign-in">${link.otherWay}</a>${
        supportEmail === undefined
          ? ''
          : html`<p class="text soft">
              ${fill(link.contact, { address: mailLink(supportEmail) })}
            </p>`
      }`,
  });
}

/** Why, in the language of the page; a refusal that has no text in it is told in English. */
export function explainRefusal({ link }: PageMessages, { code, message }: Refusal): Html {
  const text = (link.refusals as Readonly<Record<string, string>>)[code];
  return text === undefined ? html`<span lang="en" dir="ltr">${message}</span>` : html`${text}`;
}

function mailLink(address: string): Html {
  return html`<a href="mailto:${address}">${address}</a>`;
}
