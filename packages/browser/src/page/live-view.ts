import { fromWire } from '../request/wire.ts';

/**
 * An object whose fields always read the page's present state, so that one that was taken
 * before a step shows what the step changed.
 *
 * @param read the resource as it now stands, as the wire tells it
 * @param fields the names, each with what it says while there is no such resource
 */
export function liveView<Fields extends object, Methods extends object>(
  read: () => object | undefined,
  fields: Fields,
  methods: Methods,
): Readonly<Fields> & Methods {
  let source: object | undefined;
  let state: Readonly<Record<string, unknown>> = {};
  const readState = () => {
    const now = read();
    if (now !== source) state = fromWire<Record<string, unknown>>({ ...now });
    source = now;
    return state;
  };
  const view = { ...methods };
  for (const [name, absent] of Object.entries(fields) as [string, unknown][]) {
    Object.defineProperty(view, name, { enumerable: true, get: () => readState()[name] ?? absent });
  }
  return view as Readonly<Fields> & Methods;
}
