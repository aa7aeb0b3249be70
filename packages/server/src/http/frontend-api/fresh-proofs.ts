import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attemptFreshProof } from '../../domain/fresh-proof/attempt.ts';
import { beginFreshProof } from '../../domain/fresh-proof/begin.ts';
import type { FreshProof } from '../../domain/fresh-proof/fresh-proof.ts';
import { prepareFreshProof } from '../../domain/fresh-proof/prepare.ts';
import type { Caller } from '../../domain/client/identify.ts';
import { requireSession, type UsableSession } from '../../domain/session/use.ts';
import { readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentFreshProof } from '../wire/fresh-proofs.ts';
import { envelope } from './answer.ts';
import { passwordMaximum, requiredField, textField } from './fields.ts';

const pathSchema = z.object({ sessionId: requiredField(100) });
const beginSchema = z.object({ level: z.enum(['first_factor', 'second_factor', 'multi_factor']) });

const prepareSchema = z
  .object({ strategy: requiredField(50), email_address_id: textField(100) })
  .transform((body) => ({ strategy: body.strategy, emailAddressId: body.email_address_id }));

const attemptSchema = z.object({
  strategy: requiredField(50),
  code: textField(100),
  password: textField(passwordMaximum),
});

/** `/v1/client/sessions/{id}/verify`: whoever is signed in proves again who they are. */
export function freshProofRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;
  const at = '/v1/client/sessions/:sessionId/verify';

  async function readPerson(request: FastifyRequest) {
    const { sessionId } = parse(pathSchema, request.params);
    const caller = await readCaller(service, request);
    return { caller, usable: await requireSession(world, caller, sessionId) };
  }

  /** What is used up by people who are not signed in leaves a session tries of its own. */
  const ownTries = ({ session }: UsableSession) => ({ findKnownBrowser: async () => session.id });

  const count = (
    name: 'prepare_factor' | 'attempt_factor',
    { callerAddress: address }: FastifyRequest,
    person: string,
  ) => service.rateLimits.count(name, { address, person });

  /** With the session as it stands after the step. */
  async function answer(caller: Caller, proof: FreshProof) {
    const usable = await requireSession(world, caller, proof.sessionId);
    return envelope(service, caller, await presentFreshProof(world, usable, proof, caller.origin));
  }

  app.post(at, async (request) => {
    const { level } = parse(beginSchema, request.body);
    const { caller, usable } = await readPerson(request);
    return answer(caller, await beginFreshProof(world, usable, level));
  });

  // Of a second factor there is nothing to prepare.
  app.post(`${at}/prepare_first_factor`, async (request) => {
    const input = parse(prepareSchema, request.body);
    const { caller, usable } = await readPerson(request);
    await count('prepare_factor', request, usable.user.id);
    return answer(
      caller,
      await prepareFreshProof(world, usable, 'firstFactor', {
        ...input,
        ...ownTries(usable),
      }),
    );
  });

  for (const [name, proves] of [
    ['first_factor', 'firstFactor'],
    ['second_factor', 'secondFactor'],
  ] as const) {
    app.post(`${at}/attempt_${name}`, async (request) => {
      const input = parse(attemptSchema, request.body);
      const { caller, usable } = await readPerson(request);
      await count('attempt_factor', request, usable.user.id);
      return answer(
        caller,
        await attemptFreshProof(world, usable, proves, { ...input, ...ownTries(usable) }),
      );
    });
  }
}
