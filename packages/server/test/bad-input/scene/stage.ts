import { hash } from '@node-rs/bcrypt';
import type { BackendUserJSON, SignInJSON } from '@willcall/contract';
import type { CompanyProvider } from '../../../../../tooling/openid-provider.ts';
import type { Browser } from '../../browser.ts';
import { createPerson, rightPassword, signInPerson } from '../../people.ts';
import type { TestService } from '../../service.ts';

/** What the parts of one scene share; each thing is made when it is first asked for. */
export interface Stage {
  readonly service: TestService;
  readonly company: CompanyProvider;
  /** Another one for each scene. */
  readonly number: number;
  /** Somebody with a password. */
  readonly person: () => Promise<BackendUserJSON>;
  /** Where that person is signed in. */
  readonly signedIn: () => ReturnType<typeof signInPerson>;
  /** Starts a sign-in of the person in a browser of its own. */
  readonly startSignIn: (
    form?: Readonly<Record<string, string>>,
  ) => Promise<{ browser: Browser; id: string }>;
}

let count = 0;

/** An empty stage. */
export function openStage(service: TestService, company: CompanyProvider): Stage {
  count += 1;
  const address = `scene${count}+clerk_test@example.com`;
  const person = once(async () =>
    createPerson(service, { email_address: [address], ...(await cheapPassword()) }),
  );
  return {
    service,
    company,
    number: count,
    person,
    signedIn: once(async () => signInPerson(service, { user: await person() })),
    async startSignIn(form = {}) {
      await person();
      return startSignIn(service, { identifier: address, ...form });
    },
  };
}

/** Makes something when it is first asked for, and keeps it. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

let digest: string | undefined;

/** A digest of the right password, imported as one that is checked in a moment: scenes are set often. */
export async function cheapPassword(): Promise<object> {
  digest ??= await hash(rightPassword, 4);
  return { password_digest: digest, password_hasher: 'bcrypt' };
}

/** Starts a sign-in in a browser of its own. */
export async function startSignIn(service: TestService, form: Readonly<Record<string, string>>) {
  const browser = service.browser();
  const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
  return { browser, id: body.response.id };
}

/** The cookies of a browser as it sends them. */
export function cookieOf(browser: Browser): string {
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
