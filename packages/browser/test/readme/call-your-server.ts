import type { Willcall } from '@willcall/browser';

/** Calls your own server as the person who is signed in. */
export async function listOrders({ session }: Willcall): Promise<Response> {
  const token = await session?.getToken();
  return fetch('/orders', { headers: token ? { authorization: `Bearer ${token}` } : {} });
}
