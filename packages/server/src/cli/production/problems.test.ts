import { expect, test } from 'vitest';
import { settingsFileSchema } from '../../settings-file.ts';
import { settingsProblems } from './problems.ts';

const publicUrl = 'https://auth.example.com';

test.each(['https://app.example.com/new-link', 'mailto:help@example.com'])(
  'people may be sent to %s for a new link, in production too',
  (newLinkUrl) => {
    const file = settingsFileSchema.parse({ public_url: publicUrl, new_link_url: newLinkUrl });
    expect(settingsProblems(file)).toEqual([]);
  },
);

test('in production nobody is sent to an address without TLS, or to this machine', () => {
  for (const newLinkUrl of ['http://app.example.com', 'https://localhost/new-link']) {
    const file = settingsFileSchema.parse({ public_url: publicUrl, new_link_url: newLinkUrl });
    expect(settingsProblems(file).join(), newLinkUrl).toContain('new_link_url');
  }
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '/new-link', ''])(
  '%j is no address for a new link: pages would run it, or not know where it leads',
  (newLinkUrl) => {
    expect(settingsFileSchema.safeParse({ new_link_url: newLinkUrl }).success).toBe(false);
  },
);
