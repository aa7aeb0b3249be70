import { fileURLToPath } from 'node:url';
import { createWillcallClient, WillcallApiError } from '@willcall/backend';
import { getAuth, requireAuth, willcallMiddleware } from '@willcall/backend/express';
import express from 'express';

const port = Number(process.env.PORT ?? 3000);
const appUrl = process.env.APP_URL ?? `http://localhost:${port}`;
const apiUrl = process.env.WILLCALL_API_URL ?? 'http://localhost:4000';

const willcall = createWillcallClient({ apiUrl });
const app = express();

app.use(express.json());
app.use(willcallMiddleware({ apiUrl, authorizedParties: [new URL(appUrl).origin] }));

// Whoever may call this can sign in as anybody. Here it listens on this machine alone; in an
// app of yours, check who asks, or mail the link instead of answering it.
app.post('/links', async (request, response) => {
  const { email } = request.body ?? {};
  if (typeof email !== 'string' || email === '') {
    return response.status(422).json({ error: 'Send {"email": "…"} as JSON.' });
  }
  const { data } = await willcall.users.getUserList({ emailAddress: [email] });
  const user = data[0] ?? (await willcall.users.createUser({ emailAddress: [email] }));
  const { url } = await willcall.signInTokens.createSignInToken({
    userId: user.id,
    expiresInSeconds: 600,
    redirectUrl: `${appUrl}/`,
  });
  response.status(201).json({ url });
});

app.get('/me', requireAuth(), async (request, response) => {
  const user = await willcall.users.getUser(getAuth(request).userId);
  response
    .set('cache-control', 'no-store')
    .json({ id: user.id, email: user.primaryEmailAddress?.emailAddress });
});

// The page. It takes the address of the Willcall server from here, and the SDK from node_modules.
app.get('/settings.json', (_request, response) => response.json({ apiUrl }));
app.use(
  '/sdk',
  express.static(fileURLToPath(new URL('.', import.meta.resolve('@willcall/browser')))),
);
app.use(express.static(fileURLToPath(new URL('public', import.meta.url))));

app.use((error, _request, response, _next) => {
  if (error instanceof WillcallApiError && error.status < 500) {
    return response.status(error.status).json({ error: error.longMessage, code: error.code });
  }
  if (error.status >= 400 && error.status < 500)
    return response.status(error.status).json({ error: error.message });
  console.error(error);
  response.status(500).json({ error: 'Something went wrong.' });
});

app.listen(port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`The example is on ${appUrl}`);
});
