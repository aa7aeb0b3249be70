import { MoveError } from './export-lines.ts';

/** A row holds three metadata at most, each smaller than a request may be. Bytes. */
const longest = 16_777_216;

/**
 * The lines of a stream, each with its end of line, as they come; where the stream was cut off,
 * the last one lacks it. Throws {@link MoveError} where a line is too long for one.
 */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of input) {
    let begin = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, begin)) {
      const part = chunk.subarray(begin, end + 1);
      yield rest.length === 0 ? part : Buffer.concat([...rest, part]);
      rest = [];
      restBytes = 0;
      begin = end + 1;
    }
    rest.push(chunk.subarray(begin));
    restBytes += chunk.length - begin;
    if (restBytes > longest) throw new MoveError('A line has no end: this is no export.');
  }
  if (restBytes > 0) yield Buffer.concat(rest);
  return undefined;
}
