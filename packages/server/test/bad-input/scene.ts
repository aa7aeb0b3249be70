import type { CompanyProvider } from '../../../../tooling/openid-provider.ts';
import type { TestService } from '../service.ts';
import { companyParts } from './scene/company.ts';
import { mailboxParts, redirectUrlParts } from './scene/instance.ts';
import { freshProofParts } from './scene/fresh-proof.ts';
import { linkParts } from './scene/link.ts';
import { organizationParts } from './scene/organization.ts';
import { personParts } from './scene/person.ts';
import { secondFactorParts } from './scene/second-factor.ts';
import { signInParts } from './scene/sign-in.ts';
import { openStage, type Stage } from './scene/stage.ts';
import { signUpParts } from './scene/sign-up.ts';

const makersOf = (stage: Stage) => ({
  ...personParts(stage),
  ...secondFactorParts(stage),
  ...freshProofParts(stage),
  ...signInParts(stage),
  ...signUpParts(stage),
  ...companyParts(stage),
  ...linkParts(stage),
  ...organizationParts(stage),
  ...redirectUrlParts(stage),
  ...mailboxParts(stage),
});

type Makers = ReturnType<typeof makersOf>;

/** Something that a request can name: an id, a secret, or the cookies of a browser. */
type Part = keyof Makers;

/** The browsers of a scene, by what happens in them. */
export type CookieName =
  | 'signedIn'
  | 'guarded'
  | 'proving'
  | 'enrolling'
  | 'signingIn'
  | 'resetting'
  | 'unknownDevice'
  | 'atSecondFactor'
  | 'visiting'
  | 'atLink'
  | 'signingUp';

/** One of everything that a request can name, and the browsers that may name it. */
export interface Scene extends Readonly<Record<Part, string>> {
  /** Another number for each request: what must be new is made of it. */
  readonly serial: number;
}

/** Sets up anew what is needed; everything, unless it is said. The rest is empty. */
export async function setScene(
  service: TestService,
  company: CompanyProvider,
  needed?: ReadonlySet<string>,
): Promise<Scene> {
  const makers = Object.entries(makersOf(openStage(service, company)));
  const parts: [string, string | number][] = [['serial', 0]];
  // One after the other: a scene is the same each time.
  for (const [part, make] of makers)
    parts.push([part, !needed || needed.has(part) ? await make() : '']);
  return Object.fromEntries(parts) as unknown as Scene;
}

/** Which parts of a scene are read by what makes something of it. */
export function partsReadBy(read: (scene: Scene) => unknown): ReadonlySet<string> {
  const parts = new Set<string>();
  const get = (_scene: object, part: string | symbol) => {
    parts.add(String(part));
    return '';
  };
  read(new Proxy<Scene>({} as Scene, { get }));
  return parts;
}
