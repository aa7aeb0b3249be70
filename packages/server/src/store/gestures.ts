import type { GestureStore } from '../domain/client/gesture.ts';
import type { Engine, Step } from './engine.ts';

/** Keeps whom each client has signed in after a gesture. */
export function gestureStore(engine: Engine): GestureStore {
  return {
    async has(clientId, userId) {
      const sql = 'SELECT user_id FROM client_gestures WHERE client_id = ? AND user_id = ?';
      return (await engine.get(sql, clientId, userId)) !== undefined;
    },
  };
}

/** Notes that somebody signed in after a gesture. */
export function gestureNote(clientId: string, userId: string): Step<never> {
  return {
    sql: 'INSERT INTO client_gestures (client_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
    values: [clientId, userId],
  };
}
