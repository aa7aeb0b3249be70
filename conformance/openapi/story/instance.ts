import type { RedirectUrlJSON } from '@willcall/contract';
import type { Scene } from './scene.ts';

/** An operator looks at the instance and changes what exists of it. */
export async function tellOfTheInstance({ backend, stranger, openBrowser }: Scene): Promise<void> {
  await backend('GetJWKS');
  await backend('GetInstance');
  await backend('UpdateInstance', { body: { test_mode: true } }, 204);
  await backend('UpdateInstance', { body: { test_mode: 'perhaps' } }, 422);
  await backend('CreateTestingToken');
  await stranger('GetUserList', {}, 401);

  const browser = openBrowser();
  await browser.send('getJWKS');
  await browser.send('getHealth');
  await browser.send('getEnvironment');
  await browser.send('updateEnvironment');
}

/** An operator keeps a list of native redirect addresses. */
export async function tellOfRedirectUrls({ backend }: Scene): Promise<void> {
  const body = { url: 'https://app.example.com/callback' };
  const created = await backend<RedirectUrlJSON>('CreateRedirectURL', { body });
  await backend('CreateRedirectURL', { body: { url: 'no address' } }, 422);
  await backend('ListRedirectURLs');
  await backend('GetRedirectURL', { path: { id: created.id } });
  await backend('DeleteRedirectURL', { path: { id: created.id } });
  await backend('GetRedirectURL', { path: { id: created.id } }, 404);
  await backend('DeleteRedirectURL', { path: { id: created.id } }, 404);
}
