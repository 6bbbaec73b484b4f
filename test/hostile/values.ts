import type { Chance } from "./random.ts";

/** Values that break parsers, beside some that are quite right, so that calls get past the first check. */
const VALUES: readonly string[] = [
  "",
  " ",
  "u1",
  "u2",
  "U1",
  "nobody",
  "/",
  "/team/",
  "//",
  "/a",
  "0",
  "1",
  "-1",
  "+1",
  "007",
  "1e9",
  "1.5",
  "2147483647",
  "2147483648",
  "9223372036854775808",
  "99999999999999999999999999",
  "NaN",
  "true",
  "TRUE",
  "1 ",
  "null",
  "undefined",
  "123456",
  "000000",
  "12345",
  "１２３４５６",
  "Active",
  "Inactive",
  "Assigned",
  "Any",
  "Correct-horse-7",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "%00",
  "\u0000",
  "\u0001\u0002",
  "\ufffe\uffff",
  "\u202etxt",
  "a\r\nSet-Cookie: x=y",
  "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
  "]]><script>alert(1)</script>",
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable and a lookup as someone would type them
  "${jndi:ldap://127.0.0.1/x}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as above
  "${aws:username}",
  "*",
  "İ",
  "ß",
  "ﬀ",
  "e\u0301",
  "👩‍👩‍👧‍👦",
  "arn:aws:iam::123456789012:mfa/u1",
  "arn:aws:iam::aws:policy/AdministratorAccess",
  "arn:aws:iam::::",
  "AKIAIOSFODNN7EXAMPLE",
  "2026-01-01T00:00:00Z",
  "AAAA",
  "====",
];

/** Values that are right, by the member they are right for. */
const PLAUSIBLE: Readonly<Record<string, readonly string[]>> = {
  UserName: ["u1", "u2", "u3", "U1"],
  NewUserName: ["u1", "u2", "u3", "u4"],
  Path: ["/", "/team/"],
  NewPath: ["/", "/team/"],
  PathPrefix: ["/", "/te"],
  VirtualMFADeviceName: ["d1", "d2", "d3"],
  SerialNumber: ["arn:aws:iam::ACCOUNT:mfa/d1", "arn:aws:iam::ACCOUNT:mfa/d2", "GAHT12345678"],
  AuthenticationCode1: ["123456", "000000"],
  AuthenticationCode2: ["654321", "000000"],
  TokenCode: ["123456"],
  DurationSeconds: ["900", "3600"],
  MaxItems: ["1", "1000"],
  AssignmentStatus: ["Any", "Assigned", "Unassigned"],
  Status: ["Active", "Inactive"],
  AccessKeyId: ["AKIAIOSFODNN7EXAMPLE"],
  Password: ["Correct-horse-7"],
  PolicyArn: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  AccountAlias: ["crew", "crew-2"],
  MinimumPasswordLength: ["6", "8"],
  MaxPasswordAge: ["1", "90"],
  "Tags.member.1.Key": ["a", "b"],
  "Tags.member.1.Value": ["", "c"],
  "TagKeys.member.1": ["a", "b"],
};

/** A value that is right for `member` where one is known. */
export function plausibleValue(by: Chance, member: string, account: string): string {
  const values = Object.hasOwn(PLAUSIBLE, member) ? PLAUSIBLE[member] : undefined;
  return values === undefined ? hostileValue(by) : by.pick(values).replace("ACCOUNT", account);
}

/** How the lists among the members are written when they are right. */
export function plausibleNames(member: string): readonly string[] {
  if (member === "Tags") return ["Tags.member.1.Key", "Tags.member.1.Value"];
  return member === "TagKeys" ? ["TagKeys.member.1"] : [member];
}

const INDEXES = [
  "1",
  "2",
  "01",
  "0",
  "-1",
  "+1",
  "1e1",
  "3",
  "11",
  "12",
  "51",
  "999999999999",
  "x",
  "",
  "__proto__",
  "1.1",
];

export function hostileValue(by: Chance): string {
  if (by.once(40)) return by.pick(VALUES).repeat(by.integer(3000)).slice(0, 20_000);
  if (by.once(15)) return Buffer.from(by.bytes(by.integer(40))).toString("latin1");
  return by.once(10) ? by.pick(VALUES) + by.pick(VALUES) : by.pick(VALUES);
}

/** A parameter's name: one of the operation's members, right, indexed in every way, or nonsense. */
export function hostileName(by: Chance, members: readonly string[]): string {
  const member = members.length === 0 || by.once(12) ? by.pick(VALUES) : by.pick(members);
  if (by.once(3)) return member;
  const list = `${member}.${by.pick(["member", "entry", "Member", "1", ""])}.${by.pick(INDEXES)}`;
  return by.once(3) ? list : `${list}.${by.pick(["Key", "Value", "key", "value", "__proto__", "member.1"])}`;
}

/** The body of a JSON request: mostly an object with members that nearly fit, now and then no JSON at all. */
export function hostileJson(by: Chance, members: readonly string[]): string {
  const count = by.integer(6);
  const entries = Array.from({ length: count }, () => {
    const name = by.once(3) ? hostileValue(by) : by.pick([...members, "__proto__", "constructor"]);
    return `${JSON.stringify(name)}:${hostileJsonValue(by, 0)}`;
  });
  const text = `{${entries.join(",")}}`;
  return by.once(8) ? text.slice(0, by.integer(text.length)) : text;
}

const JSON_VALUES = [
  "null",
  "true",
  "1",
  "-0",
  "1e400",
  "0.1",
  "01",
  "{}",
  "[]",
  '""',
  '"\\ud800"',
  '"\\u0000"',
  "NaN",
  "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
];

function hostileJsonValue(by: Chance, depth: number): string {
  if (by.once(2)) return by.pick(JSON_VALUES);
  if (depth > 8 || by.once(2)) return JSON.stringify(hostileValue(by));
  const inner = hostileJsonValue(by, depth + 1);
  return by.once(2) ? `[${inner},${inner}]` : `{"Key":${inner},"__proto__":${inner}}`;
}
