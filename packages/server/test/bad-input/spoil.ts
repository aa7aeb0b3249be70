import type { ErrorCode } from '@willcall/contract';
import type { GoodRequest } from './good-request.ts';

/** A request as it goes out. */
export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

/** One way in which a request is bad. */
export interface Badness {
  readonly name: string;
  /** What the refusal must say; without it any refusal of the table will do, and no refusal too. */
  readonly code?: ErrorCode;
  /** Spoils the good request as it now stands. */
  write(target: Target, good: GoodRequest): Outgoing;
}

export interface Target {
  /** `link` is a hosted page and its form: a frontend that no key speaks to. */
  readonly api: 'backend' | 'frontend' | 'link' | 'other';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const isWriting = (method: string) => method !== 'GET';

/** The good request as it goes out. */
export function writeGood(target: Target, good: GoodRequest): Outgoing {
  const type = target.api === 'backend' ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    url: writeUrl(target.path, good.path ?? {}, good.query ?? {}),
    headers: { ...target.headers, ...(good.body ? { 'content-type': type } : {}) },
    ...(good.body
      ? { payload: target.api === 'backend' ? writeJson(good, good.body) : writeForm(good.body) }
      : {}),
  };
}

/** Every way to spoil a request of this route that we know. */
export function spoil(target: Target, good: GoodRequest): readonly Badness[] {
  return [
    ...spoilPath(target, good),
    ...spoilQuery(target, good),
    ...spoilAuthorization(target),
    ...(isWriting(target.method) && target.api !== 'other' ? spoilBody(target, good) : []),
  ];
}

function writeUrl(
  path: string,
  names: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
): string {
  const filled = path.replaceAll(
    /:(\w+)|\*/g,
    (found, name: string | undefined) => names[name ?? found] ?? '',
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

function writeJson({ isMany }: GoodRequest, body: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(isMany ? [body] : body);
}

function writeForm(fields: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

/** A badness from what it changes in the good request. */
function badness(
  name: string,
  code: ErrorCode | undefined,
  change: (target: Target, good: GoodRequest, sent: Outgoing) => Partial<Outgoing>,
): Badness {
  return {
    name,
    ...(code ? { code } : {}),
    write(target, good) {
      const sent = writeGood(target, good);
      return { ...sent, ...change(target, good, sent) };
    },
  };
}

const unknownId = '00000000000000000000000000';

const badNames = [
  `user_${unknownId}`,
  `sess_${unknownId}`,
  `sia_${unknownId}`,
  'x',
  '%00',
  '%ff',
  '%',
  '%zz',
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  '%F0%9F%98%80',
  "'%20OR%201=1--",
  'a'.repeat(500),
  'a'.repeat(10_000),
];

function spoilPath(_target: Target, good: GoodRequest): Badness[] {
  return Object.keys(good.path ?? {}).flatMap((name) =>
    badNames.map((value) =>
      badness(`path ${name} = ${value.slice(0, 40)}`, undefined, (target, { path, query }) => ({
        url: writeUrl(target.path, { ...path, [name]: value }, query ?? {}),
      })),
    ),
  );
}

const badTexts = [
  '',
  ' ',
  'true',
  '-1',
  '1.5',
  'NaN',
  '1e309',
  '99999999999999999999',
  'x',
  '\u0000',
  'a\u0000b',
  '\uFFFD',
  '%',
  "'; DROP TABLE users; --",
  '__proto__',
  'javascript:alert(1)',
  '//evil.example/',
  '<script>',
  '\r\nset-cookie: a=b',
  'a'.repeat(10_000),
];

function spoilQuery({ api, method, path }: Target, good: GoodRequest): Badness[] {
  const withQuery = (
    name: string,
    search: (query: Readonly<Record<string, string>>) => string,
    code?: ErrorCode,
  ) =>
    badness(`query ${name}`, code, (target, { path: names, query }) => ({
      url: `${writeUrl(target.path, names ?? {}, {})}?${search(query ?? {})}`,
    }));
  const named = Object.keys(good.query ?? {}).flatMap((name) => [
    ...badTexts.map((value) =>
      withQuery(`${name} = ${value.slice(0, 40)}`, (query) =>
        new URLSearchParams({ ...query, [name]: value }).toString(),
      ),
    ),
    withQuery(`${name} twice`, () => `${name}=1&${name}=2`),
    withQuery(`${name}[]`, () => `${name}[]=1&${name}[a]=2`),
  ]);
  const isList =
    /^\/v1\/(users|users\/count|(sign_in|actor)_tokens|sessions|redirect_urls|enterprise_connections|organizations|(organization_)?invitations)$|^\/v1\/(organizations|users)\/[^/]+\/(\w+_)?(invitations|memberships)$/.test(
      path,
    );
  const isStrict = api === 'backend' && method === 'GET' && isList;
  return [
    ...named,
    withQuery('unknown', () => 'no_such_parameter=1', isStrict ? 'form_param_unknown' : undefined),
    withQuery('prototype', () => '__proto__=1&constructor=2'),
    withQuery('bad percent', () => 'a=%zz&%=%'),
    withQuery('bytes that are no text', () => 'a=%ff%fe'),
    withQuery('of 10 000 characters', () => `a=${'b'.repeat(10_000)}`),
    withQuery('dev browser unknown', () => '__clerk_db_jwt=dvb_unknown'),
    withQuery('native', () => '_is_native=1'),
    withQuery('method', () => '_method=TRACE'),
  ];
}

function spoilAuthorization({ api, method }: Target): Badness[] {
  if (api === 'other') return [];
  const withHeader = (name: string, header: string, value: string, code?: ErrorCode) =>
    badness(`${header} ${name}`, code, (_target, _good, { headers }) => ({
      headers: { ...headers, [header]: value },
    }));
  const foreign = isWriting(method) ? 'origin_invalid' : undefined;
  const withKey = [
    withHeader('unknown', 'authorization', `Bearer sk_test_${'x'.repeat(40)}`, 'clerk_key_invalid'),
    withHeader('of a publishable key', 'authorization', 'Bearer pk_test_abc', 'clerk_key_invalid'),
    withHeader(
      'very long',
      'authorization',
      `Bearer sk_test_${'x'.repeat(9000)}`,
      'clerk_key_invalid',
    ),
  ];
  const common = [
    ...(api === 'link' ? [] : withKey),
    withHeader('foreign', 'host', 'evil.example:4000', 'host_invalid'),
    withHeader('garbage', 'host', '<>', 'host_invalid'),
  ];
  if (api !== 'backend') {
    return [
      ...common,
      withHeader('of nobody', 'cookie', '__client_x=y; =; ;;; a'),
      withHeader('foreign', 'origin', 'https://evil.example', foreign),
      withHeader('null', 'origin', 'null', foreign),
      withHeader('garbage', 'origin', '<>', foreign),
      withHeader('garbage', 'referer', '<>'),
    ];
  }
  return [
    ...common,
    badness('authorization missing', 'authentication_invalid', (_target, _good, { headers }) => {
      const { authorization: _dropped, ...others } = headers;
      return { headers: others };
    }),
    withHeader('empty', 'authorization', '', 'authorization_header_format_invalid'),
    withHeader(
      'basic',
      'authorization',
      'Basic dXNlcjpwYXNz',
      'authorization_header_format_invalid',
    ),
    withHeader('without a key', 'authorization', 'Bearer ', 'authorization_header_format_invalid'),
    withHeader('two keys', 'authorization', 'Bearer a b', 'authorization_header_format_invalid'),
  ];
}

/** Values in JSON, raw: some are no JSON that we could write. */
const badValues = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e308',
  '1e309',
  '-1e309',
  '9007199254740993',
  '1e15',
  '""',
  '" "',
  '"x"',
  String.raw`"a\u0000b"`,
  String.raw`"\ud800"`,
  String.raw`["\ud800"]`,
  String.raw`{"\ud800":1}`,
  '"javascript:alert(1)"',
  '"https://evil.example/"',
  '"a@b"',
  '[]',
  '[null]',
  '[[[]]]',
  '["x"]',
  '["x","x"]',
  '{}',
  '{"a":{"b":null}}',
  `"${'a'.repeat(10_000)}"`,
  `["${'a'.repeat(10_000)}"]`,
  `{"a":"${'a'.repeat(10_000)}"}`,
  `[${'1,'.repeat(5000)}1]`,
];

const brokenJson = [
  '{',
  '{"a":',
  "{'a':1}",
  '{"a":1,}',
  '\u0000',
  '{"a":NaN}',
  '{"a":Infinity}',
  'undefined',
  '{"a":1}{}',
  '{"a":"\t"}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
];

function spoilBody(target: Target, good: GoodRequest): Badness[] {
  const fields = Object.keys(good.body ?? {});
  return target.api === 'backend' ? spoilJson(fields) : spoilForm(fields);
}

const jsonType = 'application/json';
const formType = 'application/x-www-form-urlencoded';

function withBody(
  name: string,
  type: string,
  write: (good: GoodRequest) => string | Buffer,
  code?: ErrorCode,
): Badness {
  return badness(`body ${name}`, code, (_target, good, { headers }) => ({
    headers: { ...headers, 'content-type': type },
    payload: write(good),
  }));
}

function withTypes(types: readonly string[], payload: string): Badness[] {
  return types.map((type) =>
    withBody(`of type ${type}`, type, () => payload, 'request_content_type_unsupported'),
  );
}

function spoilJson(fields: readonly string[]): Badness[] {
  const bad = (name: string, write: (good: GoodRequest) => string | Buffer, code?: ErrorCode) =>
    withBody(name, jsonType, write, code);
  const withRaw = ({ body = {}, isMany }: GoodRequest, name: string, raw: string) => {
    const object = `{${Object.entries(body)
      .map(
        ([each, value]) => `${JSON.stringify(each)}:${each === name ? raw : JSON.stringify(value)}`,
      )
      .join(',')}}`;
    return isMany ? `[${object}]` : object;
  };
  return [
    ...fields.flatMap((name) =>
      badValues.map((raw) =>
        bad(`${name} = ${raw.slice(0, 40)}`, (good) => withRaw(good, name, raw)),
      ),
    ),
    ...['[]', '"text"', '1', 'true', 'null', '[{}]', '""'].map((raw) => bad(raw, () => raw)),
    ...brokenJson.map((raw) => bad(`broken ${raw}`, () => raw, 'request_body_invalid')),
    bad('that is no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    bad('nested deeply', () => `${'['.repeat(50_000)}${']'.repeat(50_000)}`),
    bad(
      'nested deeply in a field',
      () => `{"public_metadata":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`,
    ),
    bad('too large', () => `{"a":"${'a'.repeat(300_000)}"}`, 'request_body_too_large'),
    bad(
      'with an unknown field',
      (good) => writeJson(good, { ...good.body, no_such_field: 1 }),
      fields.length > 0 ? 'form_param_unknown' : undefined,
    ),
    bad('with a field twice', (good) =>
      withRaw(good, '', '').replace('{', `{"${fields[0] ?? 'x'}":[[]],`),
    ),
    ...withTypes(
      ['text/plain', formType, 'multipart/form-data; boundary=x', 'application/xml', 'nonsense'],
      'a=b',
    ),
  ];
}

function spoilForm(fields: readonly string[]): Badness[] {
  const bad = (name: string, write: (good: GoodRequest) => string | Buffer, code?: ErrorCode) =>
    withBody(name, formType, write, code);
  const rest = ({ body = {}, slowField }: GoodRequest, name: string) =>
    Object.fromEntries(
      Object.entries(body).filter(([each]) => each !== slowField || each === name),
    );
  const without = (good: GoodRequest, name: string) => {
    const { [name]: _dropped, ...others } = rest(good, name);
    return writeForm(others);
  };
  return [
    ...fields.flatMap((name) => [
      ...badTexts.map((value) =>
        bad(`${name} = ${value.slice(0, 40)}`, (good) =>
          writeForm({ ...rest(good, name), [name]: value }),
        ),
      ),
      bad(`${name} = half a surrogate pair`, (good) => `${without(good, name)}&${name}=%ED%A0%80`),
      bad(`${name} is missing`, (good) => without(good, name)),
      bad(`${name} twice`, (good) => `${writeForm(rest(good, name))}&${name}=x&${name}=y`),
      bad(`${name}[]`, () => `${name}[]=x&${name}[a]=y`),
      bad(`${name} with a bad percent`, () => `${name}=%zz`, 'request_body_invalid'),
    ]),
    bad('ends in a percent', () => 'a=%', 'request_body_invalid'),
    bad('with a percent and a digit', () => 'a=%1', 'request_body_invalid'),
    bad('with __proto__', () => '__proto__=1&constructor=2&toString=3'),
    bad('that is JSON', () => '{"strategy":"ticket"}'),
    bad('of bytes', () => Buffer.from([0xff, 0xfe, 0x00, 0x3d])),
    bad('too large', () => `a=${'a'.repeat(300_000)}`, 'request_body_too_large'),
    bad('with too many fields', () => `a=1${'&a'.repeat(100)}`, 'request_body_too_large'),
    ...withTypes(
      [jsonType, 'text/plain', 'multipart/form-data; boundary=x', 'application/xml'],
      '{}',
    ),
  ];
}
