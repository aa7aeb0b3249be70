/** The address of a page of the app: it says what is in it, and with `apiUrl` where the server is. */
export const address = new URL(location.href);

/** Kept in the tab, for pages that it leads to. */
export const apiUrl = sessionStorage.getItem('apiUrl') ?? address.searchParams.get('apiUrl') ?? '';
sessionStorage.setItem('apiUrl', apiUrl);

/** What the app is drawn into. */
export const place = placeOfApp();

function placeOfApp(): Element {
  const found = document.getElementById('app');
  if (!found) throw new TypeError('The page has no place for the app.');
  return found;
}
