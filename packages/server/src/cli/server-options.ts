import { text, texts, wholeNumber } from './option.ts';

/** What both starts of a server take. The environment gives the default of each. */
export const serverOptions = {
  port: wholeNumber(
    'number',
    { min: 0, max: 65_535 },
    'Port to listen on, 0 for any free one. Default: WILLCALL_PORT, else 4000.',
  ),
  host: text(
    'address',
    'Address to listen on. Default: WILLCALL_HOST, else 127.0.0.1: this machine alone.',
  ),
  'host-name': texts('name', 'A further name that requests may call the server by.'),
  'fapi-host': text(
    'host',
    'The host inside the publishable key. Default: the one of public_url, in development a name that cannot be resolved.',
  ),
};

/** The port and the address of a server that nobody told otherwise. */
export const serverDefaults = { port: 4000, host: '127.0.0.1' };

export const configOption = text(
  'file',
  'Configuration file. Default: willcall.config.json of the working directory, if there is one.',
);

export const dataOption = text(
  'folder',
  'Folder of the database. Default: WILLCALL_DATA, else .willcall.',
);
