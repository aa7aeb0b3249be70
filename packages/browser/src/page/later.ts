import { WillcallNetworkError } from '../request/errors.ts';

/** The functions of a part as methods: without the arguments that are given already. */
type Methods<Part, Given extends readonly unknown[]> = {
  readonly [Name in keyof Part]: Part[Name] extends (
    ...all: [...Given, ...infer Input]
  ) => infer End
    ? (...input: Input) => End
    : never;
};

/**
 * Fetches a part before it is asked for: browsers do not fetch again what failed once, so a
 * server that is away for a moment must not be met there. Nobody waits for it.
 */
export function loadAhead(load: () => Promise<unknown>): void {
  load().catch(() => {});
}

/**
 * Methods whose code arrives with the first call of one: a page that redeems a ticket needs
 * none of them. A part that does not arrive fails as a call does that gets no answer.
 *
 * @param given the first arguments of each
 * @param load imports the part, whose functions have the names of the methods
 */
export function later<Part, Name extends keyof Part & string, Given extends readonly unknown[]>(
  given: readonly [...Given],
  load: () => Promise<Part>,
  names: readonly Name[],
): Methods<Pick<Part, Name>, Given> {
  const methods = names.map((name) => [
    name,
    async (...input: unknown[]) => {
      const part = await load().catch((error: unknown) => {
        throw new WillcallNetworkError(error);
      });
      return (part[name] as (...all: unknown[]) => unknown)(...given, ...input);
    },
  ]);
  return Object.fromEntries(methods) as Methods<Pick<Part, Name>, Given>;
}
