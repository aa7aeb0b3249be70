const evil = 'evil.example';
const good = 'app.example.com';

/** Ways to write an address that leads away from `https://app.example.com`, or is none at all. */
export function hostileUrls(): readonly string[] {
  return [...new Set([...byHost(), ...byScheme(), ...byCharacter(), ...others])];
}

/** Hosts that look like the allowed one, or hide another one. */
function byHost(): string[] {
  const hosts = [
    evil,
    `${good}.${evil}`,
    `${evil}#${good}`,
    `${good}@${evil}`,
    `${good}:443@${evil}`,
    `${good}%40${evil}@${evil}`,
    `user@${good}`,
    `user:password@${good}`,
    `:@${good}`,
    `@${good}`,
    `${good}:444`,
    `${good}:80`,
    `${good}:8443`,
    `${good}.`,
    `${good}..`,
    `.${good}`,
    `x.${good}`,
    `www.${good}`,
    'example.com',
    'app-example.com',
    'appXexample.com',
    'app.example.co',
    'app.example.com.au',
    'аpp.example.com',
    'app.exаmple.com',
    'xn--pp-7kc.example.com',
    'app。evil。example',
    'app.example.com／.evil.example',
    'app.example.com。evil.example',
    'ⓔⓥⓘⓛ.example',
    'evil%2eexample',
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
    '[fe80::1%25eth0]',
    'localhost',
    'localhost.',
    'localhost:5173',
    '169.254.169.254',
  ];
  const tails = ['/', '', '/inbox', '?next=https://app.example.com/', '#https://app.example.com/'];
  return hosts.flatMap((host) => tails.map((tail) => `https://${host}${tail}`));
}

function byScheme(): string[] {
  const schemes = ['javascript', 'data', 'vbscript', 'file', 'blob', 'ftp', 'ws', 'wss', 'about'];
  return [
    ...schemes.flatMap((scheme) => [
      `${scheme}:alert(1)`,
      `${scheme}://${good}/%0aalert(1)`,
      `${scheme.toUpperCase()}:alert(1)`,
      ` ${scheme}:alert(1)`,
      `${scheme}\t:alert(1)`,
    ]),
    `http://${good}/`,
    `HTTP://${good}/`,
    `myapp://${good}/`,
    `intent://${good}/#Intent;scheme=http;end`,
    'data:text/html;base64,PHNjcmlwdD4=',
    `blob:https://${good}/0`,
    `view-source:https://${good}/`,
    `filesystem:https://${good}/t`,
    `mailto:a@${good}`,
  ];
}

/** Slashes, backslashes and white space in each place where parsers differ. */
function byCharacter(): string[] {
  const odd = ['\\', '\t', '\n', '\r', '\r\n', ' ', '\u00a0', '\u2028', '\u3000', '\u0001'];
  return odd.flatMap((character) => [
    `${character}https://${good}/`,
    `https:${character}//${good}/`,
    `https:/${character}/${good}/`,
    `https://${character}${good}/`,
    `https://${good}${character}/`,
    `https://${good}${character}@${evil}/`,
    `https://${good}/${character}`,
    `https://${good}/a${character}Set-Cookie: x=1`,
  ]);
}

const others = [
  `//${evil}/`,
  `///${evil}/`,
  `////${evil}/`,
  `/\\${evil}/`,
  `\\\\${evil}/`,
  `\\/${evil}/`,
  `/${evil}/`,
  `/`,
  `.`,
  `?`,
  `#`,
  `https:${good}/`,
  `https:/${good}/`,
  `https:///${good}/`,
  `https:\\\\${good}/`,
  `https:${evil}`,
  `https:/${evil}`,
  `https:///${evil}`,
  `https//${evil}/`,
  `https:`,
  `https://`,
  `://${evil}/`,
  `:${evil}`,
  evil,
  good,
  `%68ttps://${good}/`,
  `https%3A%2F%2F${good}%2F`,
  `//%65vil.example/`,
  `/%2f%2f${evil}`,
  `/%5c${evil}`,
  `/%09/${evil}`,
  `null`,
  `undefined`,
  `[object Object]`,
  `https://[${good}]/`,
  `https://${good}\u0000.${evil}/`,
  `https://a b/`,
  `<https://${evil}/>`,
  `"https://${evil}/"`,
];
