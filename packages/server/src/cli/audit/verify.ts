import { defineCommand } from '../command.ts';
import { Failure } from '../failure.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { flag, text } from '../option.ts';
import { print, tell } from '../output.ts';
import { writeTime } from '../time.ts';

/** `willcall audit verify`. */
export const verifyAudit = defineCommand({
  name: 'audit verify',
  summary: 'Read the whole audit log, and find what was changed or is missing.',
  details:
    'It prints the hash of the last line. Keep that elsewhere and give it the next time: a log that was ' +
    'replaced by an old copy of itself is found by it alone. It says from which line and time it proves, since ' +
    'older lines are taken away (audit_retention_days). It may run beside the server.',
  options: {
    expect: text('hash', 'A hash that was printed before; it must still be in the log.'),
    json: flag('Print {"count","since","head","problems"} as one line.'),
    ...instanceOptions,
  },
  examples: ['willcall audit verify', 'willcall audit verify --env-file willcall.env'],
  async run(values) {
    const { verifyAuditLog } = await import('../../domain/audit-log/verify.ts');
    const report = await withInstance(values, ({ world }) => verifyAuditLog(world, values.expect));
    const { since } = report;
    if (values.json)
      print(JSON.stringify({ ...report, since: since ?? null, head: report.head ?? null }));
    if (report.problems.length > 0)
      throw new Failure(`The audit log is not whole.\n  ${report.problems.join('\n  ')}`);
    if (values.json) return;
    print(report.head ?? '');
    tell(
      since === undefined || since.number === 1
        ? `All ${report.count} lines are whole.`
        : `All ${report.count} lines are whole, from line ${since.number} of ${writeTime(since.at)} on. Older ones were taken away.`,
    );
  },
});
