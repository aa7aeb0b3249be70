import { RedeemTicket } from '@willcall/react';

export function Kiosk({ ticket }: { ticket: string }) {
  return (
    <RedeemTicket token={ticket} forceRedirectUrl="/welcome">
      {(state) => {
        if (state.status === 'redeeming') return <p>One moment …</p>;
        if (state.status === 'complete') return <p>Welcome!</p>;
        return <p role="alert">{state.message}</p>;
      }}
    </RedeemTicket>
  );
}
