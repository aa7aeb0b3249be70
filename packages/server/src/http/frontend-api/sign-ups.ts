import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../domain/client/identify.ts';
import {
  createSignUp,
  requireSignUp,
  type SignUpProgress,
  updateSignUp,
} from '../../domain/sign-up/fill.ts';
import { attemptVerification, prepareVerification } from '../../domain/sign-up/verify.ts';
import { normalizeIdentifier } from '../../domain/user/email-address.ts';
import { readCaller } from '../caller.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentSignUp } from '../wire/sign-ups.ts';
import { adoptIdentity, envelope } from './answer.ts';
import {
  flagField,
  metadataField,
  passwordMaximum,
  presentationFields,
  presentationOf,
  requiredField,
  textField,
  usernameField,
} from './fields.ts';

const fillSchema = z
  .object({
    email_address: textField(320),
    password: textField(passwordMaximum),
    first_name: textField(256),
    last_name: textField(256),
    username: usernameField,
    unsafe_metadata: metadataField,
    legal_accepted: flagField,
    locale: textField(35),
    strategy: textField(50),
    ticket: textField(1000),
    ...presentationFields,
    transfer: flagField,
  })
  .transform((body) => ({
    emailAddress: body.email_address,
    password: body.password,
    firstName: body.first_name,
    lastName: body.last_name,
    username: body.username || undefined,
    unsafeMetadata: body.unsafe_metadata,
    isLegalAccepted: body.legal_accepted,
    locale: body.locale,
    strategy: body.strategy,
    ticket: body.ticket,
    presentation: presentationOf(body),
    isTransfer: body.transfer,
  }));

const prepareSchema = z.object({ strategy: requiredField(50) });
const attemptSchema = z.object({ strategy: requiredField(50), code: requiredField(20) });
const pathSchema = z.object({ signUpId: requiredField(100) });

/** `/v1/client/sign_ups`. */
export function signUpRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;
  const idOf = (request: FastifyRequest) => parse(pathSchema, request.params).signUpId;

  /** A step counts for the address that is to be proved, in however many sign-ups it is tried. */
  async function countStep(
    name: 'create_sign_up' | 'prepare_factor' | 'attempt_verification',
    request: FastifyRequest,
  ): Promise<void> {
    const signUp = await world.store.signUps.find(idOf(request));
    await service.rateLimits.count(name, {
      address: request.callerAddress,
      person: normalizeIdentifier(signUp?.emailAddress ?? ''),
    });
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    progress: SignUpProgress,
  ) {
    const clientId = adoptIdentity(service, request, reply, caller, progress);
    return envelope(service, caller, presentSignUp(world, progress.signUp), clientId);
  }

  app.post('/v1/client/sign_ups', async (request, reply) => {
    const input = parse(fillSchema, request.body);
    await service.rateLimits.count('create_sign_up', {
      address: request.callerAddress,
      person: normalizeIdentifier(input.emailAddress ?? ''),
    });
    const caller = await readCaller(service, request);
    return answer(request, reply, caller, await createSignUp(world, caller, input));
  });

  app.get('/v1/client/sign_ups/:signUpId', async (request) => {
    const caller = await readCaller(service, request);
    return envelope(
      service,
      caller,
      presentSignUp(world, await requireSignUp(world, caller, idOf(request))),
    );
  });

  app.patch('/v1/client/sign_ups/:signUpId', async (request, reply) => {
    await countStep('create_sign_up', request);
    const input = parse(fillSchema, request.body);
    const caller = await readCaller(service, request);
    return answer(request, reply, caller, await updateSignUp(world, caller, idOf(request), input));
  });

  app.post('/v1/client/sign_ups/:signUpId/prepare_verification', async (request, reply) => {
    await countStep('prepare_factor', request);
    const { strategy } = parse(prepareSchema, request.body);
    const caller = await readCaller(service, request);
    const signUp = await prepareVerification(world, caller, idOf(request), strategy);
    return answer(request, reply, caller, { signUp });
  });

  app.post('/v1/client/sign_ups/:signUpId/attempt_verification', async (request, reply) => {
    await countStep('attempt_verification', request);
    const input = parse(attemptSchema, request.body);
    const caller = await readCaller(service, request);
    return answer(
      request,
      reply,
      caller,
      await attemptVerification(world, caller, idOf(request), input),
    );
  });
}
