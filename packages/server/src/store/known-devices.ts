import type { KnownDevice, KnownDeviceStore } from '../domain/client/known-device.ts';
import type { Engine, Transaction } from './engine.ts';

/** Keeps the devices that a person is known by. */
export function knownDeviceStore(engine: Engine): KnownDeviceStore {
  return {
    async has(userId, deviceHash) {
      const sql = 'SELECT user_id FROM known_devices WHERE user_id = ? AND device_hash = ?';
      return (await engine.get(sql, userId, deviceHash)) !== undefined;
    },
  };
}

/** Remembers a device, or that it was used again, within a transaction. */
export async function rememberDevice(
  tx: Transaction,
  device: KnownDevice,
  now: number,
): Promise<void> {
  if (device.formerHash !== undefined) {
    await tx.run(
      'UPDATE known_devices SET device_hash = ? WHERE device_hash = ?',
      device.deviceHash,
      device.formerHash,
    );
  }
  const sql = `INSERT INTO known_devices (user_id, device_hash, created_at, last_used_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (user_id, device_hash) DO UPDATE SET last_used_at = excluded.last_used_at`;
  await tx.run(sql, device.userId, device.deviceHash, now, now);
}
