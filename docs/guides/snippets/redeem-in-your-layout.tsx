import { RedeemTicket, WillcallProvider } from '@willcall/react';

/** A page of any layout. `ticket` came from your own server. */
export function KioskPage({ apiUrl, ticket }: { apiUrl: string; ticket: string }) {
  return (
    <WillcallProvider apiUrl={apiUrl}>
      <RedeemTicket token={ticket} forceRedirectUrl="/inbox">
        {(state) => <p>{'message' in state ? state.message : 'One moment …'}</p>}
      </RedeemTicket>
    </WillcallProvider>
  );
}
