import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrganization, invite, inviteMember } from '../invited.ts';
import {
  type AskingService,
  foreignPage,
  type Issued,
  openAsking,
  openLink,
  press,
} from './asked.ts';

let service: AskingService;

beforeAll(async () => {
  service = await openAsking({
    // An invited address is all that an account needs here.
    settings: { hasOrganizations: true, strategies: { password: false, emailCode: true } },
  });
});
afterAll(() => service.close());

/** How mail gateways, chats and browsers visit links that nobody has pressed. */
const habits: readonly Readonly<Record<string, string>>[] = [
  { 'user-agent': 'Mozilla/5.0 (compatible; Barracuda Sentinel (EE))' },
  { 'user-agent': 'Mozilla/5.0 (compatible; ProofpointURLDefense/1.0)' },
  { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Safelinks ms-office' },
  { 'user-agent': 'Mimecast-URL-Protect/1.0' },
  { 'user-agent': 'Mozilla/5.0 (compatible; Google-Safety)' },
  { 'user-agent': 'GoogleImageProxy' },
  { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
  { 'user-agent': 'WhatsApp/2.23.20.0' },
  { 'user-agent': 'TelegramBot (like TwitterBot)' },
  { 'user-agent': 'facebookexternalhit/1.1' },
  { 'user-agent': 'Twitterbot/1.0' },
  { 'user-agent': 'Discordbot/2.0' },
  { 'user-agent': 'SkypeUriPreview Preview/0.5' },
  { 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' },
  { purpose: 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-mode': 'navigate' },
  { 'x-moz': 'prefetch' },
  { range: 'bytes=0-1023' },
  { 'if-none-match': '*' },
  { 'x-http-method-override': 'POST' },
];

const methods = ['GET', 'HEAD', 'OPTIONS'] as const;

/** 200 at each change, 10 000 in the nightly run. */
const visits = process.env['WILLCALL_NIGHTLY'] ? 10_000 : 200;

const timeout = Math.max(60_000, visits * 60);

test(
  `${visits} visits of scanners spend nothing; then the person's press works`,
  { timeout },
  async () => {
    const links = await Promise.all([
      service.issue(),
      service.issue({ confirmation: 'always' }),
      service.issue({ sign_in_url: foreignPage }),
      service.issue({ confirmation: 'always', sign_in_url: foreignPage }),
      inviteAda('Stalls'),
      inviteAda('Balcony', { redirect_url: foreignPage }),
      inviteNewcomer(),
      inviteNewcomer({ redirect_url: foreignPage }),
    ]);
    const before = service.dump();
    let seen = 0;
    for (; seen < visits; seen += 1) {
      const link = links[seen % links.length];
      const headers = { host: service.host, ...habits[seen % habits.length] };
      const wire = `/v1/tickets/accept?ticket=${link?.ticket}`;
      const own = `${link?.url.pathname}${link?.url.search}`;
      await visit(seen % 5 === 0 ? wire : own, methods[seen % methods.length] ?? 'GET', headers);
    }
    expect(seen).toBe(visits);
    expect(service.dump()).toEqual(before);

    for (const { id, url } of links) {
      const visitor = service.visitor();
      const pressed = await press(visitor, await openLink(visitor, url), 'continue');
      expect(pressed.status).toBe(303);
      const next = new URL(pressed.location ?? '', service.world.instance.publicUrl);
      const ticket = next.searchParams.get('__clerk_ticket');
      const isSignUp = next.searchParams.get('__clerk_status') === 'sign_up';
      const call = `/v1/client/${isSignUp ? 'sign_ups' : 'sign_ins'}`;
      if (ticket) await visitor.post(call, { strategy: 'ticket', ticket });
      expect(await statusOf(id)).toBe('accepted');
    }
  },
);

/** An invitation to an organization of somebody who has an account, as it is mailed. */
async function inviteAda(name: string, fields: object = {}): Promise<Issued> {
  const organization = await createOrganization(service, { name });
  const invited = await inviteMember(service, organization.id, {
    email_address: 'ada@example.com',
    ...fields,
  });
  return { id: invited.id, ticket: invited.ticket, url: new URL(invited.url ?? '') };
}

/** An invitation of somebody who has no account, which its ticket alone makes. */
async function inviteNewcomer(fields: object = {}): Promise<Issued> {
  const invited = await invite(service, fields);
  return { id: invited.id, ticket: invited.ticket, url: new URL(invited.url ?? '') };
}

/** What became of a token or an invitation. */
async function statusOf(id: string): Promise<string | undefined> {
  if (id.startsWith('sit_')) return service.statusOf(id);
  return (await service.world.store.invitations.find(id))?.status;
}

/** Goes where a scanner goes: on over redirects, with the cookies that it is given. */
async function visit(
  url: string,
  method: (typeof methods)[number],
  headers: Record<string, string>,
): Promise<void> {
  let [next, cookie] = [url, ''];
  for (let hop = 0; hop < 4; hop += 1) {
    const answer = await service.app.inject({
      method,
      url: next,
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
    });
    expect(answer.statusCode).toBeLessThan(500);
    const given = [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0]);
    cookie = [cookie, ...given].filter(Boolean).join('; ');
    if (answer.headers.location === undefined) return;
    const to = new URL(answer.headers.location, service.world.instance.publicUrl);
    next = to.pathname + to.search;
  }
}
