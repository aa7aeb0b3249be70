import { questionTitle, type TicketQuestionJSON } from '@willcall/contract';
import type { FastifyReply } from 'fastify';
import type { PageMessages } from '../messages/page-messages.ts';
import { fill, fillPlain, type Html, html, sendDocument } from './document.ts';

interface Question {
  readonly messages: PageMessages;
  readonly applicationName: string;
  readonly question: TicketQuestionJSON;
  readonly nonce: string;
  /** Where a person goes after pressing. */
  readonly target: string;
  /** Whether the browser knows the person, so that nobody is asked. */
  readonly isAtOnce: boolean;
}

/** The page that names the account and the application, and waits for a press. */
export function sendQuestion(reply: FastifyReply, page: Question): FastifyReply {
  const { question, applicationName, isAtOnce, messages } = page;
  const { account } = question;
  const text = messages.link[questionTitle(question)];
  return sendDocument(reply, {
    status: 200,
    messages,
    title: fillPlain(text, { account }),
    heading: fill(text, { account }),
    applicationName,
    formTarget: page.target,
    script: isAtOnce ? '/_willcall/go-on.js' : undefined,
    body: html`${explain(page)}
      <form method="post" action="/sign-in/confirm" ${isAtOnce ? html` id="at-once"` : ''}>
        <input type="hidden" name="nonce" value="${page.nonce}" />${
          isAtOnce ? html`<input type="hidden" name="action" value="at_once" />` : ''
        }${buttons(page)}
      </form>`,
  });
}

function explain({ question, applicationName: application, messages }: Question): Html {
  const { account, signed_in_as: other, is_sign_up: isSignUp } = question;
  const { explain: signsIn, explainCreate, explainOther } = messages.link;
  const alone = isSignUp ? explainCreate : signsIn;
  if (other === null) return html`<p class="text">${fill(alone, { application })}</p>`;
  const names = { account: strong(account), other: strong(breakable(other)), application };
  return html`<p class="text">${fill(explainOther, names)}</p>`;
}

function buttons({ question, messages }: Question): Html {
  const { account, signed_in_as: other, can_add: canAdd } = question;
  const { link } = messages;
  if (other === null)
    return html`${button('continue', html`${link.continue}`, 'primary')}${button('cancel', html`${link.cancel}`, 'secondary')}`;
  return html`${button('switch', fill(link.switch, { account }), 'primary')}${
      canAdd ? button('add', fill(link.add, { account }), 'secondary') : ''
    }${button('cancel', fill(link.stay, { other: breakable(other) }), 'secondary')}
    <p class="text soft">${link.stayGood}</p>`;
}

function button(action: string, text: Html, look: 'primary' | 'secondary'): Html {
  return html`<button class="${look}" name="action" value="${action}">
    <span>${text}</span>
  </button>`;
}

/** A whole address is long: on a phone it may go on in the next line at its sign. */
function breakable(account: string): Html {
  const [start = '', ...more] = account.split(/(?=@)/);
  return {
    html: [html`${start}`, ...more.map((each) => html`<wbr />${each}`)]
      .map((part) => part.html)
      .join(''),
  };
}

function strong(text: string | Html): Html {
  return html`<strong>${text}</strong>`;
}
