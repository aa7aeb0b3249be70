import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from '../server.ts';
import { extensions } from './extensions.ts';
import { readFacts } from './facts.ts';
import { apis, operationIds } from './operations.ts';
import { createRecorder } from './record.ts';
import { tellOfEnterpriseConnections } from './story/enterprise.ts';
import { tellOfRedirectUrls, tellOfTheInstance } from './story/instance.ts';
import { tellOfInvitations } from './story/invitations.ts';
import { tellOfMe } from './story/me.ts';
import { tellOfOrganizations } from './story/organizations.ts';
import { setScene, type Scene } from './story/scene.ts';
import {
  tellOfClientTrust,
  tellOfFreshProofs,
  tellOfSecondFactors,
} from './story/second-factors.ts';
import { tellOfSigningIn } from './story/sign-in.ts';
import { tellOfSigningUp } from './story/sign-up.ts';
import { tellOfRedeeming, tellOfSessions, tellOfSignInTokens } from './story/tickets.ts';
import { tellOfUsers } from './story/users.ts';

const recorders = {
  'backend-api': createRecorder(readFacts('backend-api')),
  'frontend-api': createRecorder(readFacts('frontend-api')),
};

let server: RunningServer;
let scene: Scene;

beforeAll(async () => {
  server = await startServer({ organizations: true });
  scene = setScene(server, recorders['backend-api'], recorders['frontend-api']);
}, 60_000);

afterAll(() => server?.stop());

// No browser is here that could be slow: a second telling would only meet the names of the first.
describe('every call answers with the published status', { retry: 0 }, () => {
  test('about the instance', () => tellOfTheInstance(scene));
  test('about redirect addresses', () => tellOfRedirectUrls(scene));
  test('about users', () => tellOfUsers(scene));
  test('about sign-in tokens', () => tellOfSignInTokens(scene));
  test('about redeeming a ticket', () => tellOfRedeeming(scene));
  test('about sessions', () => tellOfSessions(scene));
  test('about signing in', () => tellOfSigningIn(scene));
  test('about signing up', () => tellOfSigningUp(scene));
  test('about enterprise connections', () => tellOfEnterpriseConnections(scene));
  test('about invitations', () => tellOfInvitations(scene));
  test('about organizations', () => tellOfOrganizations(scene));
  test('about oneself', () => tellOfMe(scene));
  test('about second factors', () => tellOfSecondFactors(scene));
  test('about proving it again', () => tellOfFreshProofs(scene));
  test('about a device that is not known', () => tellOfClientTrust(scene));
});

describe.each(apis)('the %s answers as published', (api) => {
  test.each(operationIds(api))('to %s', (operationId) => {
    const seen = recorders[api].seen.get(operationId);
    expect(seen, `${operationId} was never called`).toBeDefined();
    expect(
      seen?.statuses.some((status) => status < 400),
      'every call was refused',
    ).toBe(true);
    expect(seen?.differences).toEqual([]);
  });
});

test('every listed operation and hundreds of its fields were compared', () => {
  for (const api of apis) {
    const { seen, fields } = recorders[api];
    const answers = [...seen.values()].flatMap((each) => each.statuses).length;
    console.log(
      `${api}: ${seen.size} operations, ${answers} answers, ${fields.size} published fields compared`,
    );
    expect(seen.size).toBe(operationIds(api).length);
    expect(fields.size).toBeGreaterThan(100);
  }
});

test('every documented extension was met', () => {
  const met = new Set(apis.flatMap((api) => [...recorders[api].extensionsMet.keys()]));
  console.log(`${met.size} documented extensions were met and set aside`);
  expect(Object.keys(extensions).filter((key) => !met.has(key))).toEqual([]);
});
