import type { Notice } from "../../src/model/countersign/contact-types.ts";
import type { Dashboard, Session, SignInRecord } from "../../src/model/countersign/types.ts";
import type { NewUsers, UserQuestion, UserSummary } from "../../src/model/countersign/user-types.ts";
import type { SignIn, SignInDevice } from "../../src/model/signin/types.ts";
import { ACCESS_ANSWERS, type StandInAccess } from "./stand-in-access.ts";
import { dashboardNumbers } from "./stand-in-dashboard.ts";
import { POLICY_ANSWERS, POLICY_CHECKS, type StandInPolicies, standInPolicies } from "./stand-in-policies.ts";
import { Refusal } from "./stand-in-refusal.ts";
import {
  SERVER_ANSWERS,
  SETTINGS_ANSWERS,
  type StandInSettings,
  standInSettings,
} from "./stand-in-settings.ts";
import { activityPage, type StandInUser, standInUser, USER_ANSWERS } from "./stand-in-user.ts";
import { pageOfUsers, problemsOf } from "./stand-in-users.ts";

/**
 * What a browser gets to see of a server, held in memory: for the console's own tests and pictures alone. It knows one person,
 * believes every code but `BAD_CODE`, and decides nothing.
 */
export interface World extends StandInAccess, StandInPolicies, StandInSettings {
  signIn: SignIn;
  root: boolean;
  devices: SignInDevice[];
  keys: { id: string; status: string }[];
  sessions: Session[];
  signIns: SignInRecord[];
  dashboard: Dashboard;
  users: UserSummary[];
  groups: string[];
  /** The other user whose page it has. */
  user: StandInUser;
  /** Everybody's contact address. */
  contact: { Address?: string; Confirmed?: boolean; ChangedAt?: number };
  /** Of whoever is signed in. */
  notices: Notice[];
  /** Of the account, for whoever may see them. */
  accountNotices: Notice[] | undefined;
  /** Operations that the reader's policies do not allow. */
  denied: string[];
  /** A factor was proved in the last five minutes. */
  proved: boolean;
  signedIn: boolean;
  /** Milliseconds that a session may be idle. */
  idle: number;
  /** When something was last asked of it. */
  seenAt: number;
  /** Milliseconds that it lasts from its beginning, however busy. */
  lasts: number;
  beganAt: number;
  /** Milliseconds that the server's clock is ahead. */
  ahead: number;
  /** The serial number of the device that a wizard has made and not enabled. */
  unfinished: string | undefined;
  /** Names of the calls, in order. */
  readonly calls: string[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const BAD_CODE = "000000";
/** The one token of a mailed link that is good. */
export const GOOD_TOKEN = "good";
export const REQUEST_ID = "5b1c6a4e-0000-4000-8000-3d2f1a9c7e10";
const ACCOUNT = { AccountId: "123456789012", Alias: "example" };
const DAY = 86_400_000;

export const DEVICE: SignInDevice = {
  DeviceId: "arn:aws:iam::123456789012:mfa/ana",
  Kind: "virtual",
  Name: "ana",
  EnableDate: Date.now() - 40 * DAY,
};

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";

export function newWorld(part: Partial<World> = {}): World {
  const now = Date.now();
  const root = part.root ?? false;
  return {
    signIn: { Step: "session", ServerTime: now },
    root,
    devices: [],
    keys: [],
    sessions: [
      session("current", true, now - 600_000, CHROME, "192.0.2.10"),
      session("other", false, now - 3 * 3_600_000, PHONE, "2001:db8::17"),
    ],
    signIns: [
      signInRecord(now - 600_000, "Success", CHROME, "192.0.2.10"),
      signInRecord(now - 660_000, "Failure", CHROME, "192.0.2.10"),
      signInRecord(now - 3 * 3_600_000, "Success", PHONE, "2001:db8::17"),
      signInRecord(now - 12 * DAY, "Success", CHROME, "192.0.2.10"),
    ],
    dashboard: {
      Recommendations: [
        { Id: "root-mfa", Severity: "error", Done: false, MayAct: root },
        ...(root ? [] : [{ Id: "own-mfa", Severity: "warning", Done: false, MayAct: true } as const]),
        { Id: "own-backup-device", Severity: "info", Done: false, MayAct: true },
        { Id: "root-access-keys", Severity: "warning", Done: true, MayAct: root },
      ],
      Users: 12,
      UsersWithMfa: 9,
      ...dashboardNumbers(now),
    },
    users: [],
    groups: ["developers", "readers"],
    roles: [],
    members: ["ada", "grace"],
    user: standInUser(),
    contact: {},
    ...standInSettings(),
    ...standInPolicies(),
    notices: [],
    accountNotices: undefined,
    denied: [],
    proved: true,
    signedIn: true,
    idle: 1_800_000,
    seenAt: now,
    lasts: 12 * 3_600_000,
    beganAt: now,
    ahead: 0,
    unfinished: undefined,
    calls: [],
    ...part,
  };
}

const session = (id: string, current: boolean, at: number, agent: string, ip: string): Session => ({
  SessionId: id,
  Current: current,
  SignedInAt: at,
  LastSeenAt: current ? Date.now() : at + 1_800_000,
  ExpiresAt: at + 12 * 3_600_000,
  SourceIp: ip,
  UserAgent: agent,
  ...(current ? { MfaMethod: "virtual" } : {}),
});

const signInRecord = (
  at: number,
  outcome: SignInRecord["Outcome"],
  agent: string,
  ip: string,
): SignInRecord => ({
  Time: at,
  Outcome: outcome,
  MfaUsed: outcome === "Success",
  SourceIp: ip,
  UserAgent: agent,
});

type Input = Readonly<Record<string, string>>;
type Operation = (world: World, input: Input) => object | string;

const wrong = (code: string | undefined, name: string) => {
  if (code === BAD_CODE) throw new Refusal(403, name, "refused");
};
const signedIn = (world: World) => {
  if (!world.signedIn) throw new Refusal(401, "NotSignedIn", "not signed in");
};
const sensitive = (world: World) => {
  signedIn(world);
  if (!world.proved) throw new Refusal(403, "StepUpRequired", "prove a factor");
};
const stand = (world: World, part: Partial<SignIn>): SignIn => {
  world.signIn = { ...world.signIn, ...part };
  return { ...world.signIn, ServerTime: Date.now() + world.ahead };
};
const factor = (world: World): SignIn =>
  stand(world, {
    Step: "factor",
    Account: ACCOUNT,
    Devices: world.devices,
    ...(world.root ? { Root: true } : { UserName: "ana" }),
  });

const OWN: Readonly<Record<string, Operation>> = {
  ...SERVER_ANSWERS,
  ...POLICY_CHECKS,
  GetSignIn: (world) => {
    const SessionEndsAt = Math.min(world.seenAt + world.idle, world.beganAt + world.lasts) + world.ahead;
    const answer = stand(world, {});
    if (answer.Step !== "session") return answer;
    if (SessionEndsAt <= answer.ServerTime) return stand(world, { Step: "password" });
    return { ...answer, SessionEndsAt };
  },
  SubmitPassword: (world, { Password }) => {
    if (Password === "wrong") {
      throw new Refusal(
        403,
        "SignInFailed",
        "Your authentication information is incorrect. Please try again.",
      );
    }
    return world.devices.length > 0 ? factor(world) : stand(world, { Step: "session" });
  },
  SubmitCode: (world, { Code }) => {
    wrong(Code, "InvalidCode");
    return stand(world, { Step: "session" });
  },
  ResyncDevice: (world, { Code1 }) => {
    wrong(Code1, "InvalidCode");
    return factor(world);
  },
  ChangePassword: (world) => stand(world, { Step: "session" }),
  SkipEnrolment: (world) => stand(world, { Step: "session" }),
  Continue: (world) => factor(world),
  SetUp: (world) => {
    world.root = true;
    return stand(world, {
      Step: "enrol",
      Root: true,
      Enrolment: { Required: false, MaySkip: true, DaysLeft: 35 },
    });
  },
  SignOut: (world) => {
    world.signIn = { Step: "password", ServerTime: Date.now() };
    return {};
  },
  ProveFactor: (world, { Code }) => {
    wrong(Code, "InvalidCode");
    world.proved = true;
    return { ProvedAt: Date.now() };
  },
  GetConsoleContext: (world) => {
    signedIn(world);
    world.seenAt = Date.now();
    const arn = `arn:aws:iam::123456789012:${world.root ? "root" : "user/ana"}`;
    return {
      Account: { ...ACCOUNT, SignInUrl: "https://mfa.example.com/signin?account=example" },
      Principal: world.root
        ? { Type: "root", Arn: arn, Id: "123456789012" }
        : { Type: "user", Arn: arn, UserName: "ana", Id: "AIDAEXAMPLE" },
      Session: {
        SessionId: "current",
        SignedInAt: Date.now(),
        ExpiresAt: world.beganAt + world.lasts + world.ahead,
        IdleSeconds: world.idle / 1000,
        MustEnrol: false,
        Mfa:
          world.devices.length > 0
            ? { Present: true, Method: "virtual", At: Date.now() }
            : { Present: false },
      },
      Issuer: "Countersign",
      ServerTime: Date.now() + world.ahead,
      Version: "0.1.0",
    };
  },
  ListSessions: (world) => ({ Sessions: world.sessions }),
  CancelMFAEnrolment: (world, { SerialNumber, EnrolmentId }) => {
    if (SerialNumber !== world.unfinished || EnrolmentId !== REQUEST_ID)
      throw new Refusal(404, "NoSuchEntity", "There is no such enrolment.");
    world.unfinished = undefined;
    return {};
  },
  RevokeSession: (world, { SessionId }) => {
    sensitive(world);
    world.sessions = world.sessions.filter((each) => each.SessionId !== SessionId);
    return {};
  },
  RevokeOtherSessions: (world) => {
    sensitive(world);
    const others = world.sessions.filter(({ Current }) => !Current).length;
    world.sessions = world.sessions.filter(({ Current }) => Current);
    return { Ended: others };
  },
  GetDashboard: (world) => world.dashboard,
  ListSignIns: (world) => ({ SignIns: world.signIns }),
  ListUserActivity: (world, input) => activityPage(world.user, input),
  GetContactAddress: (world) => world.contact,
  PutContactAddress: (world, { Address = "" }) => {
    sensitive(world);
    world.contact = { Address, Confirmed: false, ChangedAt: Date.now() };
    return { Confirmed: false };
  },
  DeleteContactAddress: (world) => {
    sensitive(world);
    world.contact = {};
    return {};
  },
  ConfirmContactAddress: (world, { Token }) => {
    signedIn(world);
    if (Token !== GOOD_TOKEN) throw new Refusal(400, "InvalidInput", "This link confirms nothing here.");
    world.contact = { ...world.contact, Confirmed: true };
    return {};
  },
  ListNotices: (world) => {
    signedIn(world);
    return { Own: world.notices, ...(world.accountNotices && { Account: world.accountNotices }) };
  },
  DismissNotice: (world, { NoticeId }) => {
    world.notices = world.notices.filter((notice) => notice.NoticeId !== NoticeId);
    world.accountNotices = world.accountNotices?.filter((notice) => notice.NoticeId !== NoticeId);
    return {};
  },
  // what was JSON is as the console has it
  ListUserSummaries: (world, input) => pageOfUsers(world.users, input as UserQuestion),
  CreateUsers: (world, input) => {
    // as above
    const { Users, DryRun = false } = input as unknown as NewUsers;
    const problems = problemsOf(world.users, world.groups, Users);
    const contact = Users.find(({ ContactAddress }) => ContactAddress !== undefined)?.ContactAddress;
    if (!DryRun && problems.length === 0 && contact !== undefined)
      world.contact = { Address: contact, Confirmed: false, ChangedAt: Date.now() };
    return { Created: DryRun || problems.length > 0 ? 0 : Users.length, Problems: problems };
  },
};

const date = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
const serialOf = (name: string) => `arn:aws:iam::123456789012:mfa/${name}`;
const SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/** One white pixel, unless a picture wants a real code. */
export const qrCode = {
  base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
};

const IAM: Readonly<Record<string, Operation>> = {
  ...Object.fromEntries(
    Object.entries(USER_ANSWERS).map(([name, answerOf]): [string, Operation] => [
      name,
      ({ user }, input) => {
        const text = user.name === input.UserName ? answerOf(user, input) : undefined;
        if (text === undefined) throw new Refusal(404, "NoSuchEntity", `There is no ${input.UserName} here.`);
        return text;
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ ...ACCESS_ANSWERS, ...SETTINGS_ANSWERS, ...POLICY_ANSWERS }).map(
      ([name, answerOf]): [string, Operation] => [
        name,
        (world, input) => {
          const text = answerOf(world, input);
          if (text === undefined) throw new Refusal(404, "NoSuchEntity", "There is none of this name here.");
          return text;
        },
      ],
    ),
  ),
  ListGroups: ({ groups }) =>
    `<Groups>${groups.map((name) => `<member><GroupName>${name}</GroupName></member>`).join("")}</Groups><IsTruncated>false</IsTruncated>`,
  AttachUserPolicy: () => "",
  CreateLoginProfile: (_, { UserName }) => `<LoginProfile><UserName>${UserName}</UserName></LoginProfile>`,
  ListMFADevices: ({ devices }, { UserName }) => {
    if (UserName === "nobody") throw new Refusal(404, "NoSuchEntity", "The user cannot be found.");
    const listed = devices.map(
      ({ DeviceId, EnableDate }) =>
        `<member><UserName>ana</UserName><SerialNumber>${DeviceId}</SerialNumber><EnableDate>${date(EnableDate)}</EnableDate></member>`,
    );
    return `<MFADevices>${listed.join("")}</MFADevices><IsTruncated>false</IsTruncated>`;
  },
  CreateVirtualMFADevice: (world, { VirtualMFADeviceName: name = "" }) => {
    if (name === "taken") throw new Refusal(409, "EntityAlreadyExists", "MFA device already exists.");
    world.unfinished = serialOf(name);
    return `<VirtualMFADevice><SerialNumber>${serialOf(name)}</SerialNumber><Base32StringSeed>${btoa(SEED)}</Base32StringSeed><QRCodePNG>${qrCode.base64}</QRCodePNG></VirtualMFADevice>`;
  },
  EnableMFADevice: (world, { AuthenticationCode1, SerialNumber = "" }) => {
    if (world.devices.length > 0) sensitive(world);
    wrong(AuthenticationCode1, "InvalidAuthenticationCode");
    const name = SerialNumber.split("/").at(-1) ?? "";
    world.devices.push({ DeviceId: SerialNumber, Kind: "virtual", Name: name, EnableDate: Date.now() });
    return "";
  },
  ResyncMFADevice: (world, { AuthenticationCode1 }) => {
    sensitive(world);
    wrong(AuthenticationCode1, "InvalidAuthenticationCode");
    return "";
  },
  DeactivateMFADevice: (world, { SerialNumber }) => {
    sensitive(world);
    world.devices = world.devices.filter(({ DeviceId }) => DeviceId !== SerialNumber);
    return "";
  },
  DeleteVirtualMFADevice: () => "",
  ListAccessKeys: ({ keys }) =>
    `<AccessKeyMetadata>${keys
      .map(
        ({ id, status }) =>
          `<member><AccessKeyId>${id}</AccessKeyId><Status>${status}</Status><CreateDate>${date(Date.now() - 90 * DAY)}</CreateDate></member>`,
      )
      .join("")}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`,
  GetAccessKeyLastUsed: () =>
    `<AccessKeyLastUsed><LastUsedDate>${date(Date.now() - 2 * DAY)}</LastUsedDate><ServiceName>iam</ServiceName><Region>us-east-1</Region></AccessKeyLastUsed>`,
  CreateAccessKey: (world) => {
    sensitive(world);
    world.keys.push({ id: "AKIAEXAMPLE000000002", status: "Active" });
    return "<AccessKey><UserName>ana</UserName><AccessKeyId>AKIAEXAMPLE000000002</AccessKeyId><Status>Active</Status><SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey></AccessKey>";
  },
  UpdateAccessKey: (world, { AccessKeyId, Status = "" }) => {
    sensitive(world);
    for (const key of world.keys) if (key.id === AccessKeyId) key.status = Status;
    return "";
  },
  DeleteAccessKey: (world, { AccessKeyId }) => {
    sensitive(world);
    world.keys = world.keys.filter(({ id }) => id !== AccessKeyId);
    return "";
  },
  ChangePassword: (world, { OldPassword }) => {
    sensitive(world);
    if (OldPassword === "wrong") throw new Refusal(403, "AccessDenied", "The old password was incorrect.");
    return "";
  },
};

/** One request of the console's: by target in JSON, else IAM's query protocol. */
export function answer(world: World, target: string | undefined, body: string): Answer {
  const json = target !== undefined;
  const form = new URLSearchParams(body);
  const name = (json ? target.split(".")[1] : form.get("Action")) ?? "";
  world.calls.push(name);
  const type = json ? "application/x-amz-json-1.1" : "text/xml";
  const headers = { "content-type": type, "x-amzn-requestid": REQUEST_ID };
  try {
    const operation = (json ? OWN : IAM)[name];
    if (operation === undefined) throw new Refusal(400, "InvalidAction", `no ${name} here`);
    if (world.denied.includes(name)) throw new Refusal(403, "AccessDenied", deniedText(json, name));
    const output = operation(world, json ? JSON.parse(body) : Object.fromEntries(form));
    return { status: 200, headers, body: json ? JSON.stringify(output) : answerXml(name, String(output)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    const text = json ? JSON.stringify({ __type: code, message }) : errorXml(code, message);
    return { status, headers, body: text };
  }
}

const deniedText = (own: boolean, name: string): string =>
  `User: arn:aws:iam::123456789012:user/ana is not authorized to perform: ${own ? "countersign" : "iam"}:${name} on resource: * because no identity-based policy allows the ${own ? "countersign" : "iam"}:${name} action`;

const answerXml = (name: string, result: string): string =>
  `<${name}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${name}Result>${result}</${name}Result><ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${name}Response>`;

const errorXml = (code: string, message: string): string =>
  `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
