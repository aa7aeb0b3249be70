import { hydrateRoot } from 'react-dom/client';
import { drawApp } from './app.ts';

const root = document.getElementById('root');
if (!root) throw new TypeError('The page has no element with the id root.');

hydrateRoot(root, drawApp(document.documentElement.dataset['apiUrl'] ?? ''), {
  // What React mends by itself is a warning too.
  onRecoverableError: (error) => console.error('hydration', error),
});
