import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../domain/refusal.ts';
import { parse } from './parse.ts';
import type { Service } from './service.ts';

const pathSchema = z.object({
  package: z.string().regex(/^(clerk-js|ui)@[\w.-]{1,40}$/, 'clerk-js or ui with a version'),
  file: z.string().regex(/^[\w-][\w.-]{0,200}\.(js|map|css)$/, 'the name of a script'),
});

/**
 * `/npm/@clerk/…`: the script bundles that official SDKs load. Whatever version they ask
 * for, they get the one that the operator installed; we publish no copy.
 */
export function clerkScriptRoutes(service: Service, app: FastifyInstance): void {
  app.get('/npm/@clerk/:package/dist/:file', async (request, reply) => {
    const asked = parse(pathSchema, request.params);
    const name = asked.package.split('@')[0] ?? '';
    const place = service.clerkPackageFolders
      .map((folder) => path.join(folder, 'node_modules/@clerk', name, 'dist', asked.file))
      .find((candidate) => existsSync(candidate));
    if (place === undefined) {
      throw new Refusal(
        'resource_not_found',
        `There is no ${asked.file} here. Install @clerk/${name} with npm in the folder that WILLCALL_CLERK_PACKAGES names.`,
      );
    }
    return reply
      .type(place.endsWith('.css') ? 'text/css' : 'text/javascript; charset=utf-8')
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', 'public, max-age=300')
      .send(createReadStream(place));
  });
}
