/** A call of a Backend API; for endpoints that `@willcall/backend` has no method for. Throws when it is refused. */
export type BackendCall = <Body>(method: string, path: string, body?: object) => Promise<Body>;

/** The Backend API of a server. */
export function backendApi(apiUrl: string, secretKey: string): BackendCall {
  return async <Body>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${apiUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as Body;
  };
}
