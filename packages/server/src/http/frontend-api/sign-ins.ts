import { errorStatus } from '@willcall/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../domain/client/identify.ts';
import type { SignInProgress } from '../../domain/sign-in/advance.ts';
import { attemptFactor } from '../../domain/sign-in/attempt-factor.ts';
import { isClaim } from '../../domain/sign-in/claim.ts';
import { createSignIn } from '../../domain/sign-in/create.ts';
import { Refusal } from '../../domain/refusal.ts';
import { requireSignIn } from '../../domain/sign-in/find.ts';
import { prepareFactor } from '../../domain/sign-in/prepare-factor.ts';
import { resetPassword } from '../../domain/sign-in/reset-password.ts';
import {
  firstFactor,
  secondFactor,
  secondStageOf,
  type Stage,
} from '../../domain/sign-in/stages.ts';
import { findKnownBrowser } from '../../domain/client/known-browser.ts';
import type { SignIn } from '../../domain/sign-in/sign-in.ts';
import { normalizeIdentifier } from '../../domain/user/email-address.ts';
import { nobodyId } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';
import { readCaller } from '../caller.ts';
import { errorBody } from '../errors.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { presentSignIn } from '../wire/sign-ins.ts';
import { adoptIdentity, envelope, readClient } from './answer.ts';
import {
  flagField,
  passwordMaximum,
  presentationFields,
  presentationOf,
  requiredField,
  textField,
} from './fields.ts';
import { callbackUrlFor } from './oauth-callback.ts';

const createSchema = z
  .object({
    strategy: textField(50),
    identifier: textField(320),
    password: textField(passwordMaximum),
    ticket: textField(1000),
    ...presentationFields,
    code_verifier: textField(128),
    sign_up_if_missing: flagField,
    enterprise_connection_id: textField(100),
    redirect_url: textField(4096),
    action_complete_redirect_url: textField(4096),
  })
  .transform(
    ({ strategy, identifier, password, ticket, code_verifier: codeVerifier, ...visit }) => ({
      strategy,
      identifier,
      password,
      ticket,
      presentation: { ...presentationOf(visit), codeVerifier },
      signsUpIfMissing: visit.sign_up_if_missing,
      enterpriseConnectionId: visit.enterprise_connection_id,
      redirectUrl: visit.redirect_url,
      actionCompleteRedirectUrl: visit.action_complete_redirect_url,
    }),
  );

const prepareSchema = z
  .object({
    strategy: requiredField(50),
    email_address_id: textField(100),
    enterprise_connection_id: textField(100),
    redirect_url: textField(4096),
    action_complete_redirect_url: textField(4096),
  })
  .transform((body) => ({
    strategy: body.strategy,
    emailAddressId: body.email_address_id,
    enterpriseConnectionId: body.enterprise_connection_id,
    redirectUrl: body.redirect_url,
    actionCompleteRedirectUrl: body.action_complete_redirect_url,
  }));

const attemptSchema = z.object({
  strategy: requiredField(50),
  code: textField(100),
  password: textField(passwordMaximum),
});

const resetSchema = z.object({
  password: requiredField(passwordMaximum),
  sign_out_of_other_sessions: flagField,
});

const pathSchema = z.object({ signInId: requiredField(100) });

/** `/v1/client/sign_ins`. */
export function signInRoutes(service: Service, app: FastifyInstance): void {
  const { world } = service;
  const idOf = (request: FastifyRequest) => parse(pathSchema, request.params).signInId;

  function countSignIn(
    request: FastifyRequest,
    { ticket, identifier }: { ticket: string | undefined; identifier: string | undefined },
  ): Promise<void> {
    const address = request.callerAddress;
    if (ticket) return service.rateLimits.count('redeem_ticket', { address });
    const person = normalizeIdentifier(identifier ?? '');
    const holder = async () => (await world.store.users.findByIdentifier(person))?.id;
    return service.rateLimits.count('create_sign_in', {
      ...{ address, person },
      knownBrowser: () => findBrowserOf(request, holder),
    });
  }

  /**
   * A step counts for the person of the sign-in, in however many sign-ins it is tried: before a
   * proof for the identifier that was typed, where no answer may tell whose it is.
   */
  async function countStep(name: 'prepare_factor' | 'attempt_factor', request: FastifyRequest) {
    const signIn = await world.store.signIns.find(idOf(request));
    await service.rateLimits.count(name, {
      address: request.callerAddress,
      person: signIn && personOf(world, signIn),
      knownBrowser: () => findBrowserOf(request, async () => signIn?.userId),
    });
  }

  async function findBrowserOf(
    request: FastifyRequest,
    findHolder: () => Promise<string | undefined>,
  ): Promise<string | undefined> {
    // Looks for nobody as for somebody: the time of a refusal tells nothing.
    const holder = (await findHolder()) ?? nobodyId;
    return findKnownBrowser(world, await readCaller(service, request), holder);
  }

  const knownBrowserOf = (caller: Caller) => (userId: string) =>
    findKnownBrowser(world, caller, userId);

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    caller: Caller,
    progress: SignInProgress,
  ) {
    const clientId = adoptIdentity(service, request, reply, caller, progress);
    const signIn = await presentSignIn(world, progress.signIn, progress.user);
    return envelope(service, caller, signIn, clientId, progress.opened);
  }

  app.post('/v1/client/sign_ins', async (request, reply) => {
    const input = parse(createSchema, request.body);
    await countSignIn(request, input);
    const caller = await readCaller(service, request);
    const callbackUrl = callbackUrlFor(service, request, caller);
    return answer(
      request,
      reply,
      caller,
      await createSignIn(world, caller, {
        ...input,
        callbackUrl,
        findKnownBrowser: knownBrowserOf(caller),
      }),
    );
  });

  app.get('/v1/client/sign_ins/:signInId', async (request) => {
    const caller = await readCaller(service, request);
    const signIn = await requireSignIn(world, caller, idOf(request));
    return envelope(service, caller, await presentSignIn(world, signIn));
  });

  for (const [name, stageFor] of [
    ['first_factor', async () => firstFactor],
    ['second_factor', secondStage],
  ] as const) {
    app.post(`/v1/client/sign_ins/:signInId/prepare_${name}`, async (request, reply) => {
      const body = parse(prepareSchema, request.body);
      await countStep('prepare_factor', request);
      const caller = await readCaller(service, request);
      const input = {
        ...body,
        callbackUrl: callbackUrlFor(service, request, caller),
        findKnownBrowser: knownBrowserOf(caller),
      };
      const stage = await stageFor(idOf(request));
      return answer(request, reply, caller, {
        signIn: await prepareFactor(world, caller, stage, idOf(request), input),
      });
    });

    app.post(`/v1/client/sign_ins/:signInId/attempt_${name}`, async (request, reply) => {
      const given = parse(attemptSchema, request.body);
      await countStep('attempt_factor', request);
      const caller = await readCaller(service, request);
      const input = { ...given, findKnownBrowser: knownBrowserOf(caller) };
      const stage = await stageFor(idOf(request));
      try {
        const progress = await attemptFactor(world, caller, stage, idOf(request), input);
        return await answer(request, reply, caller, progress);
      } catch (error) {
        const passed = error instanceof Refusal && error.code === 'sign_up_if_missing_transfer';
        if (!passed) throw error;
        // Pages see by the client that there is something to go on from.
        const meta = { client: await readClient(service, caller) };
        const body = { ...errorBody(error.code, error.message, error.meta, request.id), meta };
        return reply.code(errorStatus[error.code]).send(body);
      }
    });
  }

  /** On the wire an unknown device is proved where a second factor is. */
  async function secondStage(id: string): Promise<Stage> {
    const signIn = await world.store.signIns.find(id);
    return signIn ? secondStageOf(signIn) : secondFactor;
  }

  app.post('/v1/client/sign_ins/:signInId/reset_password', async (request, reply) => {
    const body = parse(resetSchema, request.body);
    await countStep('attempt_factor', request);
    const caller = await readCaller(service, request);
    const input = {
      password: body.password,
      signOutOfOtherSessions: body.sign_out_of_other_sessions ?? false,
    };
    return answer(request, reply, caller, await resetPassword(world, caller, idOf(request), input));
  });
}

function personOf(world: World, signIn: SignIn): string {
  const { userId, identifier = '' } = signIn;
  if (userId === undefined || isClaim(world, signIn)) return normalizeIdentifier(identifier);
  return userId;
}
