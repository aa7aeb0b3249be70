import { isBuiltin } from 'node:module';
import { placeOf, type Place } from './place.ts';
import {
  alsoOutside,
  domainPackages,
  packageDirection,
  published,
  serverDirection,
  withoutNode,
} from './rules.ts';

/** Says what is wrong with an import of a file of the repository; `undefined` when nothing is. */
export function judgeFile(from: Place, file: string): string | undefined {
  const to = placeOf(file);
  if (!to) return undefined;
  if (from.part !== to.part) {
    const mayServe = to.area === 'tooling' || isTestBelow(from, to);
    return from.isTest && mayServe ? undefined : `${from.part} may not name files of ${to.part}`;
  }
  if (from.isTest) return undefined;
  if (to.isTest) return 'a program may not name a test';
  return judgeServer(from.area, to.area);
}

/** Tests may use the tests of a package that theirs may name. */
function isTestBelow(from: Place, to: Place): boolean {
  const [owner = ''] = from.area.split('/');
  return to.isTest && packageDirection[owner]?.includes(to.area) === true;
}

function judgeServer(from: string, to: string): string | undefined {
  if (from === to || !from.startsWith('server/') || !to.startsWith('server/')) return undefined;
  const [, inner = ''] = from.split('/');
  const [, named = ''] = to.split('/');
  const allowed = serverDirection[inner];
  if (!allowed) return `the rules do not know ${from}`;
  return allowed.includes(named) ? undefined : `${from} may not name ${to}`;
}

/** Says what is wrong with an import of a package; `undefined` when nothing is. */
export function judgePackage(
  from: Place,
  { name, wrong }: { readonly name: string; readonly wrong?: string },
): string | undefined {
  const isOwn = name.startsWith('@willcall/');
  const refused = isOwn ? judgeOwn(from, name.slice('@willcall/'.length)) : undefined;
  if (refused ?? wrong) return refused ?? wrong;
  if (from.isTest) return undefined;
  if (from.area === 'server/domain' && !domainPackages.includes(name)) {
    return 'the domain may not reach outside';
  }
  const isMisplaced = withoutNode.includes(from.area) && isBuiltin(name);
  return isMisplaced ? `${from.area} runs where there is no Node` : undefined;
}

function judgeOwn(from: Place, name: string): string | undefined {
  const [owner = ''] = from.area.split('/');
  const direct = packageDirection[owner] ?? alsoOutside[owner] ?? [];
  const isAllowed = direct.includes(name) || (from.isTest && published.includes(name));
  return isAllowed ? undefined : `${owner} may not name @willcall/${name}`;
}
