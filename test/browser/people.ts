import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { browserSend } from "#client/browser.ts";
import { createClient } from "#client/client.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { authenticator, wrongCode } from "../support/authenticator.ts";
import type { Keys, TestAccount } from "../support/world.ts";
import type { Served } from "./served.ts";

const STEP_MS = 30_000;

/** An authenticator app on somebody's phone. It shows each code once. */
export interface App {
  /** How far the phone's clock is behind the server's, in milliseconds. */
  behind: number;
  /**
   * The next code, good for another minute at least, which is more than a page is waited for. Where it would come too early the
   * server's clock goes on, as it does for whoever waits for a code.
   */
  next(): string;
  /** Two in a row: what the phone has just shown, and what it shows. However late they come they are found. */
  pair(): readonly [string, string];
  /** No code of its own. */
  wrong(): string;
}

export function appOf({ world, leap }: Served, seed: string): App {
  const shows = authenticator(seed, "oathtool");
  let shown = 0;
  const at = () => Math.floor((world.now - app.behind) / STEP_MS);
  /** The first code not shown yet, of step `from` or later. */
  const codeFrom = (from: number) => {
    shown = Math.max(shown + 1, from);
    // the window reaches two steps either way; one of them is left for a pair that came a step late, which moved it back
    const early = shown - at() - 1;
    if (early > 0) leap(early * STEP_MS);
    return shows.code(shown - shows.start);
  };
  const app: App = {
    behind: 0,
    next: () => codeFrom(at()),
    // the second is as a rule the phone's present, which the device's clock is then taken for
    pair: () => [codeFrom(at() - 1), codeFrom(0)],
    wrong: () => wrongCode(shows),
  };
  return app;
}

export const ACCOUNT_NAME = "acme";

/** An account by the name of `ACCOUNT_NAME`. */
export async function openAccount({ world }: Served): Promise<TestAccount> {
  const account = await world.account();
  await world.clients(account.admin).iam.createAccountAlias({ AccountAlias: ACCOUNT_NAME });
  return account;
}

/** An IAM user, as an administrator makes one. */
export interface Person {
  readonly account: string;
  readonly name: string;
  readonly password: string;
}

/** What people may do for themselves: their own password, devices and keys. */
const SELF_SERVICE = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "iam:GetAccountPasswordPolicy", Resource: "*" },
    {
      Effect: "Allow",
      Action: ["iam:ChangePassword", "iam:GetUser", "iam:*AccessKey*", "iam:*MFADevice*"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: policy variables look like that
      Resource: ["arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::*:mfa/*"],
    },
  ],
};

export async function hire(
  { world }: Served,
  { admin }: Pick<TestAccount, "admin">,
  name: string,
  {
    reset = false,
    administrator = false,
  }: { readonly reset?: boolean; readonly administrator?: boolean } = {},
): Promise<Person> {
  const { iam } = world.clients(admin);
  const password = `Made-for-${name}-1`;
  await iam.createUser({ UserName: name });
  await iam.createLoginProfile({ UserName: name, Password: password, PasswordResetRequired: reset });
  await iam.putUserPolicy({
    UserName: name,
    PolicyName: "self-service",
    PolicyDocument: JSON.stringify(SELF_SERVICE),
  });
  if (administrator) await iam.attachUserPolicy({ UserName: name, PolicyArn: ADMINISTRATOR_ACCESS });
  return { account: ACCOUNT_NAME, name, password };
}

/** A device that its owner has already, and the app that shows its codes. */
export async function equip(served: Served, keys: Keys, user: string, device = user): Promise<App> {
  const { iam } = served.world.clients(keys);
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: device });
  const app = appOf(served, Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString());
  const [AuthenticationCode1, AuthenticationCode2] = app.pair();
  await iam.enableMFADevice({
    UserName: user,
    SerialNumber: VirtualMFADevice?.SerialNumber,
    AuthenticationCode1,
    AuthenticationCode2,
  });
  return app;
}

export const button = (where: Page | Locator, name: string) =>
  where.getByRole("button", { name, exact: true });
export const field = (where: Page | Locator, label: string) => where.getByLabel(label, { exact: true });

/** Waits for a text. What is wrong with a field is there a second time some seconds later, for a screen reader. */
export const says = (where: Page | Locator, text: string | RegExp): Promise<void> =>
  where.getByText(text).first().waitFor();

/** The password's half of signing in, on a page that asks for it. */
export async function givePassword(page: Page, { account, name, password }: Person): Promise<void> {
  await field(page, "Account ID or alias").fill(account);
  await field(page, "IAM user name").fill(name);
  await field(page, "Password").fill(password);
  await button(page, "Sign in").click();
}

/** Signs in with a password alone, by the calls of the sign-in's pages, where these are not what is looked at; goes to `path`. */
export async function enter({ origin }: Served, page: Page, person: Person, path: string): Promise<void> {
  const { request } = page.context();
  const { signin } = createClient({
    send: browserSend(async (to, { method, headers, body }) => {
      const answer = await request.fetch(origin + to, {
        method,
        headers: { ...headers, origin },
        data: body,
      });
      return {
        status: answer.status(),
        headers: { get: (header: string) => answer.headers()[header] ?? null },
        text: () => answer.text(),
      };
    }),
  });
  const { account, name, password } = person;
  const { Step } = await signin.SubmitPassword({
    Type: "user",
    Account: account,
    UserName: name,
    Password: password,
  });
  assert.equal(Step, "session");
  await page.goto(origin + path);
}

/** The wizard's second step, whose secret goes to an app. */
export async function scan(served: Served, page: Page): Promise<App> {
  await button(page, "Next").click();
  await button(page, "Show secret key").click();
  return appOf(served, await secretOn(page));
}

/** What is shown where it was hidden, as an app takes it that has no camera. */
export const secretOn = async (where: Page | Locator): Promise<string> =>
  ((await where.locator(".secret", { hasNotText: "•" }).textContent()) ?? "").replaceAll(" ", "");

/** Two codes, and the button that sends them. */
export async function giveTwo(
  where: Page | Locator,
  [first, second]: readonly [string, string],
  verb: string,
): Promise<void> {
  await where.getByLabel("MFA code 1").fill(first);
  await where.getByLabel("MFA code 2").fill(second);
  await where.getByRole("button", { name: verb, exact: true }).click();
}

/** Signs out, by the menu that bears the reader's name. */
export async function signOut(page: Page, name: string): Promise<void> {
  await button(page, name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}
