import { useEffect, useState } from 'react';
import { useAuth, useUser } from '@willcall/react';

export function Orders() {
  const { user } = useUser();
  const { getToken } = useAuth();
  const [orders, setOrders] = useState<string[]>([]);
  useEffect(() => {
    async function load() {
      const headers = { authorization: `Bearer ${await getToken()}` };
      setOrders((await (await fetch('/orders', { headers })).json()) as string[]);
    }
    void load();
  }, [getToken]);
  return (
    <p>
      {user?.firstName}, you have {orders.length} orders.
    </p>
  );
}
