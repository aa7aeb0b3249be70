import type {
  SignInStatus,
  SignUpStatus,
  TicketPresentation,
  TicketQuestionJSON,
} from '@willcall/browser';

/**
 * What a ticket is redeemed in: it admits a person who has an account, or makes one; `either`
 * where the same page does both; `code` in a layout that cannot ask anything.
 */
export type TicketPurpose = 'sign-in' | 'sign-up' | 'either' | 'code';

/** A ticket as a component presents it. */
export interface PresentedTicket {
  readonly ticket: string;
  readonly purpose: TicketPurpose;
  /** What the person has answered; nothing before the first question. */
  readonly answer?: TicketAnswer | undefined;
}

/** How a redemption ended. */
export type Redemption =
  /** Signed in by it, or already signed in: this session is to be made active. */
  | { readonly status: 'complete'; readonly sessionId: string }
  /** It goes on in the form, at what is still needed. */
  | { readonly status: 'next'; readonly step: NextStep }
  /** The person must press first, on a card that says this. The ticket is good still. */
  | { readonly status: 'asked'; readonly question: TicketQuestionJSON }
  | {
      readonly status: 'refused';
      readonly error: unknown;
      /** Whether the same ticket may work in a moment. */
      readonly canRetry: boolean;
    }
  /** The server asks for a step that this release has not got. */
  | { readonly status: 'unsupported'; readonly step: string };

/** The answer to a question about a ticket. */
export type TicketAnswer = Pick<TicketPresentation, 'confirmation' | 'signedIn'>;

/** What a form can still ask for. */
export type NextStep = Exclude<
  SignInStatus | SignUpStatus,
  'needs_identifier' | 'complete' | 'abandoned'
>;
