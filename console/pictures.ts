/** The console's pages and what becomes of them, one by one: for pictures, and for tests that look at each. */
import type { Page } from "playwright-core";
import { ACCESS_PICTURES } from "./access-pictures.ts";
import { POLICY_PICTURES } from "./policy-pictures.ts";
import { SETTINGS_PICTURES } from "./settings-pictures.ts";
import type { Words } from "./src/words/english.ts";
import { BAD_CODE, DEVICE, type World } from "./test/stand-in.ts";
import { noNumbers } from "./test/stand-in-dashboard.ts";
import { USER_PICTURES } from "./user-pictures.ts";

export interface Picture {
  readonly path: string;
  /** What the stand-in of the server knows. */
  readonly world: Partial<World>;
  /** What is done on the page before it is as the picture shows it, in the words of the language that it speaks. */
  readonly steps?: (page: Page, words: Words) => Promise<void>;
}

const BACKUP = { ...DEVICE, DeviceId: `${DEVICE.DeviceId}-backup`, Name: "ana-backup" };
const ACCESS_KEY = { id: "AKIAEXAMPLE000000001", status: "Active" };
const TWENTY_MINUTES = 20 * 60_000;
const now = Date.now();

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const type = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const shows = (page: Page, text: string) => page.getByText(text).first().waitFor();
const told = (page: Page) => page.getByRole("alert").waitFor();

const atPassword: Partial<World> = { signIn: { Step: "password", ServerTime: now } };
const atFactor = (devices = [DEVICE]): Partial<World> => ({
  devices,
  signIn: { Step: "factor", ServerTime: now, UserName: "ana", Devices: devices },
});
const atEnrol = (MaySkip: boolean): Partial<World> => ({
  root: true,
  signIn: {
    Step: "enrol",
    ServerTime: now,
    Root: true,
    Enrolment: { Required: !MaySkip, MaySkip, ...(MaySkip ? { DaysLeft: 35 } : {}) },
  },
});

/** To the wizard's second step. */
async function toSetUp(page: Page, { assign }: Words): Promise<void> {
  await press(page, assign.next);
  await page.getByRole("button", { name: assign.showQr }).waitFor();
}

async function typeCodes(page: Page, { assign, code }: Words, first: string, second: string): Promise<void> {
  await type(page, code.first, first);
  await type(page, code.second, second);
  await press(page, assign.submit);
}

async function createKey(page: Page, { keys }: Words): Promise<void> {
  await press(page, keys.create);
  await page.getByRole("dialog").getByRole("button", { name: keys.create }).click();
}

export const PICTURES: Readonly<Record<string, Picture>> = {
  "set-up": {
    path: "/setup#token",
    world: { signIn: { Step: "password", ServerTime: now, SetUpNeeded: true } },
  },
  "set-up-empty": {
    path: "/setup#token",
    world: { signIn: { Step: "password", ServerTime: now, SetUpNeeded: true } },
    steps: (page, { setUp }) => press(page, setUp.submit),
  },
  "set-up-no-link": {
    path: "/setup",
    world: { signIn: { Step: "password", ServerTime: now, SetUpNeeded: true } },
  },
  "sign-in": { path: "/signin", world: atPassword },
  "sign-in-no-account": {
    path: "/signin",
    world: { signIn: { Step: "password", ServerTime: now, SetUpNeeded: true } },
  },
  "sign-in-empty": {
    path: "/signin",
    world: atPassword,
    steps: async (page, { signIn }) => {
      await press(page, signIn.forgot);
      await press(page, signIn.submit);
    },
  },
  "sign-in-root-failed": {
    path: "/signin",
    world: atPassword,
    steps: async (page, { signIn }) => {
      await page.getByText(signIn.root, { exact: true }).click();
      await type(page, signIn.email, "owner@example.com");
      await type(page, signIn.password, "wrong");
      await press(page, signIn.submit);
      await told(page);
    },
  },
  "sign-in-ended": {
    path: "/me",
    world: { ...atPassword, signedIn: false },
    steps: (page, { signIn }) => shows(page, signIn.ended),
  },
  factor: { path: "/signin/mfa", world: atFactor() },
  "factor-choice": {
    path: "/signin/mfa",
    world: atFactor([DEVICE, BACKUP]),
    steps: async (page, { factor, code }) => {
      await press(page, factor.other);
      await type(page, code.label, BAD_CODE);
      await told(page);
    },
  },
  trouble: {
    path: "/signin/trouble",
    world: { ...atFactor(), ahead: TWENTY_MINUTES },
    steps: (page, { clock }) => shows(page, clock.difference),
  },
  "trouble-lost": {
    path: "/signin/trouble",
    world: atFactor([DEVICE, BACKUP]),
    steps: async (page, { trouble }) => {
      await press(page, trouble.lost);
      await press(page, trouble.broken);
    },
  },
  "change-password": {
    path: "/signin/password",
    world: {
      signIn: {
        Step: "change-password",
        ServerTime: now,
        PasswordReason: "reset",
        PasswordRules: {
          MinimumLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          ReusePrevention: 5,
        },
      },
    },
    steps: (page, { change }) => type(page, change.fresh, "Long4word"),
  },
  enrol: { path: "/signin/enrol", world: atEnrol(true) },
  "enrol-set-up": {
    path: "/signin/enrol",
    world: atEnrol(false),
    steps: async (page, words) => {
      await toSetUp(page, words);
      await press(page, words.assign.showQr);
    },
  },
  "enrol-done": {
    path: "/signin/enrol",
    world: atEnrol(false),
    steps: async (page, words) => {
      await toSetUp(page, words);
      await typeCodes(page, words, "123456", "654321");
      await shows(page, words.enrol.thenCode);
    },
  },
  dashboard: { path: "/", world: { root: true } },
  "dashboard-user": { path: "/", world: {} },
  "dashboard-empty": {
    path: "/",
    world: { root: true, dashboard: { Recommendations: [], Users: 0, UsersWithMfa: 0, ...noNumbers(now) } },
  },
  "dashboard-narrow": {
    path: "/",
    world: {
      dashboard: {
        Recommendations: [{ Id: "own-mfa", Severity: "warning", Done: false, MayAct: true }],
      },
    },
  },
  "dashboard-notices": {
    path: "/",
    world: {
      accountNotices: [
        {
          NoticeId: "locked",
          Time: now - 3_600_000,
          Kind: "device-locked",
          UserName: "grace",
          Details: [
            { Key: "device", Value: "arn:aws:iam::123456789012:mfa/grace" },
            { Key: "sourceIp", Value: "192.0.2.10" },
          ],
        },
        { NoticeId: "root", Time: now - 7_200_000, Kind: "factor-added", Details: [] },
      ],
    },
  },
  "dashboard-menu": {
    path: "/",
    world: { devices: [DEVICE] },
    steps: (page) => press(page, "ana"),
  },
  "me-empty": { path: "/me", world: { root: true } },
  me: { path: "/me", world: { devices: [DEVICE, BACKUP], keys: [ACCESS_KEY] } },
  "me-remove": {
    path: "/me",
    world: { root: true, devices: [DEVICE] },
    steps: (page, { devices }) => press(page, `${devices.remove} ana`),
  },
  "me-removed": {
    path: "/me",
    world: { devices: [DEVICE, BACKUP] },
    steps: async (page, { common, devices, me }) => {
      await press(page, `${devices.remove} ana`);
      await type(page, common.toConfirmType("ana"), "ana");
      await press(page, devices.remove);
      await shows(page, me.offer);
    },
  },
  "me-resync": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: (page, { devices }) => press(page, `${devices.resync} ana`),
  },
  "me-step-up": {
    path: "/me",
    world: { devices: [DEVICE], proved: false },
    steps: async (page, words) => {
      await createKey(page, words);
      await shows(page, words.stepUp.title);
    },
  },
  "me-key": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: async (page, words) => {
      await createKey(page, words);
      await shows(page, words.keys.createdTitle);
    },
  },
  "me-key-delete": {
    path: "/me",
    world: { devices: [DEVICE], keys: [ACCESS_KEY] },
    steps: (page, { keys }) => press(page, `${keys.delete} ${ACCESS_KEY.id}`),
  },
  "me-password": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: async (page, { ownPassword, change }) => {
      await press(page, ownPassword.change);
      await type(page, change.fresh, "Long4word");
    },
  },
  "me-end-others": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: (page, { sessions }) => press(page, sessions.endOthers),
  },
  assign: { path: "/mfa/assign", world: {} },
  "assign-qr": {
    path: "/mfa/assign",
    world: {},
    steps: async (page, words) => {
      await toSetUp(page, words);
      await press(page, words.assign.showQr);
    },
  },
  "assign-secret": {
    path: "/mfa/assign",
    world: {},
    steps: async (page, words) => {
      await toSetUp(page, words);
      await press(page, words.assign.showSecret);
    },
  },
  "assign-refused": {
    path: "/mfa/assign",
    world: { ahead: -TWENTY_MINUTES },
    steps: async (page, words) => {
      await toSetUp(page, words);
      await typeCodes(page, words, BAD_CODE, "123456");
      await shows(page, words.clock.difference);
      await page.getByRole("alert").scrollIntoViewIfNeeded();
    },
  },
  "assign-done": {
    path: "/mfa/assign",
    world: {},
    steps: async (page, words) => {
      await toSetUp(page, words);
      await typeCodes(page, words, "123456", "654321");
      await shows(page, words.assign.doneTitle);
    },
  },
  "assign-help": {
    path: "/mfa/assign",
    world: {},
    steps: (page, { common }) => page.getByRole("button", { name: common.openHelp }).first().click(),
  },
  "session-idle": {
    path: "/",
    world: { idle: 45_000 },
    steps: async (page) => {
      await page.getByRole("timer").waitFor();
    },
  },
  "session-last": {
    path: "/",
    world: { lasts: 45_000 },
    steps: async (page) => {
      await page.getByRole("timer").waitFor();
    },
  },
  ...USER_PICTURES,
  ...ACCESS_PICTURES,
  ...POLICY_PICTURES,
  ...SETTINGS_PICTURES,
  "not-found": { path: "/nowhere", world: {} },
};
