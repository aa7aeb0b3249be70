/** The hosted pages. */
export type PageName = 'home' | 'sign-in' | 'sign-up' | 'user' | 'mailbox' | 'not-found';

/** The page of an address; those with steps hold everything below their path. */
export function pageOf(pathname: string): PageName {
  const [first = '', ...rest] = pathname.split('/').filter(Boolean);
  switch (first) {
    case '':
      return 'home';
    case 'sign-in':
    case 'sign-up':
    case 'user':
      return first;
    case 'mailbox':
      return rest.length === 0 ? 'mailbox' : 'not-found';
    default:
      return 'not-found';
  }
}
