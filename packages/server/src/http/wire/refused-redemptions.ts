import type { RefusedRedemptionsJSON } from '@willcall/contract';
import type { World } from '../../domain/world.ts';

/** The tries to redeem a ticket that came to nothing: how many there were, and the newest of them. */
export async function presentRefused(
  world: World,
  { id }: { readonly id: string },
): Promise<RefusedRedemptionsJSON> {
  const { total, kept } = await world.store.refusedRedemptions.list(id);
  return {
    refused_redemption_count: total,
    refused_redemptions: kept.map(({ code, refusedAt, address, device }) => ({
      code,
      refused_at: refusedAt,
      address: address ?? null,
      device: device ?? null,
    })),
  };
}
