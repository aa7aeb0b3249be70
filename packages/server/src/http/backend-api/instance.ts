import type { InstanceJSON, TestingTokenJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { productionProblems } from '../../domain/instance/production.ts';
import type { InstanceSettings } from '../../domain/instance/settings.ts';
import { refuseField } from '../../domain/refusal.ts';
import type { World } from '../../domain/world.ts';
import { settingsFileSchema } from '../../settings-file.ts';
import { agentOf } from './agent.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';

const updateSchema = z.strictObject({
  allowed_origins: settingsFileSchema.shape.allowed_origins.unwrap().nullish(),
  new_link_url: settingsFileSchema.shape.new_link_url.unwrap().nullish(),
  support_email: z.email().nullish(),
  test_mode: z.boolean().nullish(),
  enumeration_protection: z.boolean().nullish(),
});

const emptySchema = z.strictObject({});

/** `/v1/instance`, `/v1/testing_tokens`, `/v1/jwks`. */
export function instanceRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/instance', async (): Promise<InstanceJSON> => ({
    object: 'instance',
    id: world.instance.id,
    environment_type: world.instance.type,
    allowed_origins: [...world.instance.settings.allowedOrigins],
    workspace_id: null,
  }));

  app.patch('/v1/instance', async (request, reply) => {
    const body = parse(updateSchema, request.body);
    const change = readChange(body);
    if (world.instance.type === 'production') refuseForProduction(world, body, change);
    await world.instance.change(change, agentOf(request), Object.keys(body));
    return reply.code(204).send();
  });

  app.post('/v1/testing_tokens', async (request) => {
    parse(emptySchema, request.body);
    return issueTestingToken(world);
  });

  app.get('/v1/jwks', async () => ({ keys: await world.signingKeys.publicKeys() }));
}

const testingTokenSeconds = 3600;

/** There is no bot check that it would have to lift; SDKs ask for it and send it along. */
function issueTestingToken(world: World): TestingTokenJSON {
  const now = Math.floor(world.clock.now() / 1000);
  const proof = Buffer.from(world.randomBytes(20)).toString('base64url');
  return {
    object: 'testing_token',
    token: `${now}-c_${proof}`,
    expires_at: now + testingTokenSeconds,
  };
}

/** Refuses what the settings file could not say either: it would count on one day and be refused by the next file. */
function refuseForProduction(
  { instance }: World,
  body: z.infer<typeof updateSchema>,
  change: Partial<InstanceSettings>,
): void {
  const settings = { ...instance.settings, ...change, publicUrl: instance.publicUrl };
  const problem = productionProblems(settings).find(({ field }) => Object.hasOwn(body, field));
  if (problem) throw refuseField('form_param_value_invalid', problem.field, problem.message);
}

/** What was given, and nothing of what was not. */
function readChange(body: z.infer<typeof updateSchema>): Partial<InstanceSettings> {
  const given = {
    allowedOrigins: body.allowed_origins,
    newLinkUrl: body.new_link_url,
    supportEmail: body.support_email,
    isTestMode: body.test_mode,
    isEnumerationProtected: body.enumeration_protection,
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null),
  );
}
