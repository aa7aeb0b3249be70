import { type Connection, findConnection } from './connection.ts';
import { Failure } from './failure.ts';
import { reach, readJson } from './request.ts';

/** The Backend API of the running server, as the commands about users and tokens call it. */
export interface BackendApi {
  get<Body>(
    path: string,
    query?: Readonly<Record<string, string | number | undefined>>,
  ): Promise<Body>;
  post<Body>(path: string, body: object): Promise<Body>;
}

/** Connects to the server that the options, the environment or the data folder name. */
export async function openBackendApi(
  values: Parameters<typeof findConnection>[0],
): Promise<BackendApi> {
  const connection = await findConnection(values);
  return {
    get: (path, query = {}) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) {
        if (value !== undefined) search.set(name, String(value));
      }
      return call(connection, search.size === 0 ? path : `${path}?${search.toString()}`, {});
    },
    post: (path, body) =>
      call(connection, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

async function call<Body>(
  { apiUrl, secretKey }: Connection,
  path: string,
  init: RequestInit,
): Promise<Body> {
  const headers = {
    ...(init.headers as Record<string, string>),
    authorization: `Bearer ${secretKey}`,
  };
  const answer = await reach(apiUrl, path, { ...init, headers });
  const body = await readJson(answer);
  if (answer.ok && body !== undefined) return body as Body;
  throw new Failure(explainRefusal(apiUrl, answer.status, body));
}

function explainRefusal(apiUrl: string, status: number, body: unknown): string {
  const { errors = [] } = (body ?? {}) as { errors?: readonly { code: string; message: string }[] };
  if (errors.length === 0) {
    return `What answers at ${apiUrl} is no Willcall server: it said ${status}. Check the address.`;
  }
  return errors.map(({ code, message }) => `${message} (${code})`).join('\n');
}
