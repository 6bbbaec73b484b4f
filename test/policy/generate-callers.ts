/** Who calls in generated calls: two accounts, each with a user, a role's session and root, and how policies name them. */
import fc from "fast-check";
import { type AccountId, type Arn, type PrincipalId, rootPrincipalId } from "#identity/ids.ts";
import type { PrincipalElement } from "#policy/document/document.ts";
import type { RequestPrincipal } from "#policy/request.ts";

export const [HERE, THERE] = ["111111111111", "222222222222"] as const;

// the brands: what a parser would make of these
export const account = (id: string): AccountId => id as AccountId;
const arn = (text: string): Arn => text as Arn;
const id = (text: string): PrincipalId => text as PrincipalId;

export const USERS: readonly [RequestPrincipal, RequestPrincipal] = [
  {
    kind: "user",
    accountId: account(HERE),
    arn: arn(`arn:aws:iam::${HERE}:user/ana`),
    principalId: id("AIDAANAANAANAANAANAAN"),
  },
  {
    kind: "user",
    accountId: account(THERE),
    arn: arn(`arn:aws:iam::${THERE}:user/team/bob`),
    principalId: id("AIDABOBBOBBOBBOBBOBBO"),
  },
];
const SESSIONS: readonly RequestPrincipal[] = [HERE, THERE].map((of) => ({
  kind: "role-session",
  accountId: account(of),
  arn: arn(`arn:aws:sts::${of}:assumed-role/ops/night`),
  principalId: id(of === HERE ? "AROAOPSOPSOPSOPSOPSOP" : "AROASPOSPOSPOSPOSPOSP"),
  roleArn: arn(`arn:aws:iam::${of}:role/team/ops`),
}));
const FEDERATED: RequestPrincipal = {
  kind: "federated-user",
  accountId: account(HERE),
  arn: arn(`arn:aws:sts::${HERE}:federated-user/fay`),
  principalId: id("AIDAFAYFAYFAYFAYFAYFA"),
};
const ROOTS: readonly RequestPrincipal[] = [HERE, THERE].map((of) => ({
  kind: "root",
  accountId: account(of),
  arn: arn(`arn:aws:iam::${of}:root`),
  principalId: rootPrincipalId(account(of)),
}));

export const principals: fc.Arbitrary<RequestPrincipal> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...USERS) },
  { weight: 3, arbitrary: fc.constantFrom(...SESSIONS) },
  { weight: 1, arbitrary: fc.constant(FEDERATED) },
  { weight: 1, arbitrary: fc.constantFrom(...ROOTS) },
);

export const NAMED: readonly PrincipalElement[] = [
  "*",
  ...[HERE, THERE].flatMap((of) => [of, `arn:aws:iam::${of}:root`]),
  ...[...USERS, ...SESSIONS, FEDERATED].map((principal) => principal.arn),
  ...[...USERS, ...SESSIONS].map((principal) => principal.principalId),
  ...SESSIONS.flatMap((session) => session.roleArn ?? []),
].map((value) => ({ type: "AWS", value }));
export const FOREIGN: readonly PrincipalElement[] = [
  { type: "Service", value: "ec2.amazonaws.com" },
  { type: "Federated", value: "cognito-identity.amazonaws.com" },
];
