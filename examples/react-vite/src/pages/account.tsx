import { UserProfile } from '@willcall/react';

/** `/account`: name, password, and where the person is signed in. */
export function AccountPage() {
  return (
    <div className="centre">
      <UserProfile />
    </div>
  );
}
