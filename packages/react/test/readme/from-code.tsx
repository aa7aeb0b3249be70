import { useSignIn } from '@willcall/react';

export function LetMeIn() {
  const { signIn } = useSignIn();

  async function redeem() {
    const { error } = await signIn.ticket();
    if (error) return alert(error.message);
    await signIn.finalize({ navigate: () => location.assign('/desk') });
  }
  return <button onClick={() => void redeem()}>Use the ticket of this page</button>;
}
