import type { Purged } from '../domain/retention/purge.ts';
import { defineCommand } from './command.ts';
import { instanceOptions, withInstance } from './instance-source.ts';
import { flag } from './option.ts';
import { print, printTable, tell } from './output.ts';

/** `willcall purge`. */
export const purgeData = defineCommand({
  name: 'purge',
  summary: 'Remove now what the retention settings allow to go.',
  details:
    'The server does the same by itself every ten minutes. Nothing that is still good goes: no pending ticket, no live ' +
    'session. It may run beside the server, and takes a few hundred rows at a time; ending it early loses nothing.',
  options: {
    'dry-run': flag('Say what would go, and change nothing.'),
    json: flag('Print {"is_dry_run","removed":{"sign_in_tokens",…}} as one line.'),
    ...instanceOptions,
  },
  examples: ['willcall purge --dry-run', 'willcall purge --env-file willcall.env'],
  async run(values) {
    const isDryRun = values['dry-run'];
    const { countHeldLines, countPurgeable, purge } = await import('../domain/retention/purge.ts');
    const { operator } = await import('../domain/audit-log/audit-log.ts');
    const { removed, held } = await withInstance(values, async ({ world }) => ({
      removed: isDryRun ? await countPurgeable(world) : await purge(world, operator),
      held: isDryRun ? 0 : await countHeldLines(world),
    }));
    if (held > 0)
      tell(
        `Warning: the audit log is not whole, and ${held} of its lines stay. Run 'willcall audit verify'.`,
      );
    if (values.json) {
      print(JSON.stringify({ is_dry_run: isDryRun, removed }));
      return;
    }
    const rows = Object.entries(removed).map(([kind, count]) => [
      words[kind as keyof Purged],
      String(count),
    ]);
    printTable(['what', isDryRun ? 'would go' : 'removed'], rows, '');
  },
});

const words: Readonly<Record<keyof Purged, string>> = {
  sign_in_tokens: 'sign-in tokens that ended',
  invitations: 'invitations that ended',
  sessions: 'sessions that ran out',
  clients: 'browsers without a session',
  sign_ins: 'attempts to sign in',
  sign_ups: 'attempts to sign up',
  refused_redemptions: 'refused redemptions',
  traces: 'networks and devices of redemptions',
  idempotency_keys: 'idempotency keys',
  rate_limits: 'windows of rate limits',
  one_use_codes: 'codes of one use',
  audit_lines: 'lines of the audit log',
};
