import { type AuditEntry, auditEntry } from '../audit-log/audit-log.ts';
import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** A try to use a ticket that came to nothing. */
export interface RefusedRedemption {
  readonly ticketId: string;
  /** Why: the code that the person's browser was answered with. */
  readonly code: string;
  /** The network from which it came, not the machine. */
  readonly address: string | undefined;
  readonly device: string | undefined;
  readonly refusedAt: number;
}

/** How many refused tries are kept of one ticket: the newest ones. Somebody may send it for ever. */
export const mostRefusedRedemptions = 20;

/** Whose ticket was refused. */
export interface TicketHolder {
  /** `undefined` for an invitation that nobody accepted. */
  readonly userId: string | undefined;
  /** Whether there is no such user any more: nothing personal is noted then. */
  readonly isErased: boolean;
}

/** The line of a refusal, once it is known whose ticket it was. */
export type RefusalEntry = (holder: TicketHolder) => AuditEntry;

export interface RefusedRedemptionStore {
  /**
   * Notes a refused try together with what is written next. Nobody waits for it and it fails
   * for nobody: the refusal is answered whatever becomes of its note.
   */
  note(refused: RefusedRedemption, entryFor: RefusalEntry): void;
  /** The tries of a ticket, newest first, and how many there were; those that are being written are awaited. */
  list(ticketId: string): Promise<{ total: number; kept: readonly RefusedRedemption[] }>;
}

/**
 * Judges a ticket whose secret was right, and notes its refusal. A ticket that is unknown or
 * damaged leaves no trace, so that nobody can fill the disk by guessing.
 *
 * @param ticketId the id of the token or the invitation
 */
export async function notingRefusal<Result>(
  world: World,
  caller: Caller,
  ticketId: string,
  judge: () => Promise<Result>,
): Promise<Result> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof Refusal) noteRefusal(world, caller, ticketId, error);
    throw error;
  }
}

function noteRefusal(world: World, caller: Caller, ticketId: string, { code }: Refusal): void {
  world.store.refusedRedemptions.note(
    {
      ticketId,
      code,
      address: caller.network,
      device: caller.device,
      refusedAt: world.clock.now(),
    },
    ({ userId, isErased }) =>
      auditEntry(
        world,
        { kind: 'user', network: isErased ? undefined : caller.network },
        {
          action: 'ticket.refused',
          subjectId: ticketId,
          userId,
          detail: { code },
          personal: { device: isErased ? undefined : caller.device },
        },
      ),
  );
}
