/** Where a file stands in the order of the repository. */
export interface Place {
  /** The part it belongs to, inside which files may name each other: `packages/server`. */
  readonly part: string;
  /** The name in the tables of `rules.ts`: `server/domain`, `browser`, `e2e`. */
  readonly area: string;
  /** It is a test or serves tests, and is not published. */
  readonly isTest: boolean;
}

const outside = ['e2e', 'bench', 'conformance', 'docs'];

/** The place of a file, `undefined` for a file that lies nowhere known. */
export function placeOf(file: string): Place | undefined {
  const [top = '', second = '', third = '', fourth = ''] = file.split('/');
  if (top === 'packages') return placeInPackage(file, second, third, fourth);
  if (top === 'examples') return { part: `examples/${second}`, area: 'examples', isTest: true };
  if (outside.includes(top)) return { part: top, area: top, isTest: true };
  const isTool = top === 'tooling' || !file.includes('/');
  return isTool ? { part: 'tooling', area: 'tooling', isTest: true } : undefined;
}

function placeInPackage(
  file: string,
  name: string,
  folder: string,
  within: string,
): Place | undefined {
  const part = `packages/${name}`;
  if (!folder.includes('.') && !['src', 'test', 'bin'].includes(folder)) return undefined;
  const isOfProgram = ['src', 'bin', 'package.json'].includes(folder);
  const isTest = !isOfProgram || /\.test\.tsx?$/.test(file);
  const inner = name === 'server' && folder === 'src' ? `/${within.replace(/\.tsx?$/, '')}` : '';
  return { part, area: `${name}${inner}`, isTest };
}
