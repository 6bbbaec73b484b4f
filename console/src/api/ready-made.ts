import { CreatePolicyCommand, GetPolicyCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import type { ConsoleContext } from "../../../src/model/countersign/types.ts";
import { READY_MADE_DOCUMENTS, type ReadyMadeName } from "../pages/policies/ready-made-documents.ts";
import { serverNow } from "../parts/server-clock.ts";
import { failureOf } from "./failure.ts";
import { attach, type Holder } from "./holders.ts";
import { iam } from "./iam.ts";
import { type InForce, listUses, loadInForce, type PolicyUse, saveDocument } from "./policies.ts";
import { type Opened, open, saveUnchanged, type Through } from "./unchanged.ts";
import { listGroupsOf } from "./users.ts";

/** Where they are, so that nobody's own are taken for them. */
const PATH = "/countersign/";

export const readyMadeArn = (account: string, name: ReadyMadeName): string =>
  `arn:aws:iam::${account}:policy${PATH}${name}`;

export const readyMadeText = (name: ReadyMadeName): string =>
  JSON.stringify(READY_MADE_DOCUMENTS[name], undefined, 2);

/** A ready-made policy as the account has it; undefined where nobody has attached it yet. */
export interface Made {
  readonly opened: Opened<InForce>;
  /** Its document says something else than ours. */
  readonly changed: boolean;
  readonly uses: readonly PolicyUse[];
}

export async function loadMade(arn: string, name: ReadyMadeName): Promise<Made | undefined> {
  try {
    await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  } catch (error) {
    if (failureOf(error).code === "NoSuchEntity") return undefined;
    throw error;
  }
  const [opened, uses] = await Promise.all([open(inForce(arn)), listUses(arn)]);
  return { opened, changed: !saysTheSame(opened.value.document, name), uses };
}

const inForce = (arn: string) => (through: Through) => loadInForce(arn, through);

/** White space aside. */
const saysTheSame = (document: string, name: ReadyMadeName): boolean =>
  JSON.stringify(JSON.parse(document)) === JSON.stringify(READY_MADE_DOCUMENTS[name]);

/** Makes it first where the account does not have it. */
export async function attachReadyMade(
  arn: string,
  name: ReadyMadeName,
  description: string,
  made: Made | undefined,
  holder: Holder,
): Promise<void> {
  if (made === undefined) {
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: name,
        Path: PATH,
        Description: description,
        PolicyDocument: readyMadeText(name),
      }),
    );
  }
  await attach(holder, arn);
}

/** Our document as its next version, unless somebody has changed it again. */
export const putBack = (arn: string, name: ReadyMadeName, { opened }: Made): Promise<void> =>
  saveUnchanged(opened, inForce(arn), (through) => saveDocument(arn, readyMadeText(name), through));

/** What an administrator does every day, and what takes such a policy away again. */
const PROBES = [
  "iam:DetachGroupPolicy",
  "iam:DetachUserPolicy",
  "iam:AttachGroupPolicy",
  "iam:CreateUser",
  "iam:CreateAccessKey",
  "iam:DeactivateMFADevice",
  "iam:UpdateAccountPasswordPolicy",
  "iam:ListUsers",
  "iam:GetPolicy",
];

/** What a policy would take from the caller himself. */
export interface OwnLoss {
  /** Names of his groups. */
  readonly groups: readonly string[];
  /** Of what he may do now, in this session. */
  readonly now: readonly string[];
  /** Of what his access keys may do. */
  readonly withKeys: readonly string[];
}

/** Undefined for whoever no policy of users holds: root, and sessions of roles. */
export async function ownLoss(
  { Principal, Session }: ConsoleContext,
  name: ReadyMadeName,
): Promise<OwnLoss | undefined> {
  if (Principal.Type !== "user" || Principal.UserName === undefined) return undefined;
  const at = Session?.Mfa.Present === true ? Session.Mfa.At : undefined;
  const present = { "aws:MultiFactorAuthPresent": String(at !== undefined) };
  const age = at === undefined ? {} : { "aws:MultiFactorAuthAge": String(ageOf(at)) };
  const [groups, now, withKeys] = await Promise.all([
    listGroupsOf(Principal.UserName),
    lost(Principal.Arn, name, { ...present, ...age }),
    lost(Principal.Arn, name, {}),
  ]);
  return { groups, now, withKeys };
}

const ageOf = (at: number): number => Math.max(0, Math.floor((serverNow() - at) / 1000));

type Keys = Readonly<Record<string, string>>;

/** Actions that are allowed without the policy and denied with it. */
async function lost(arn: string, name: ReadyMadeName, keys: Keys): Promise<readonly string[]> {
  const [before, after] = await Promise.all([
    allowed(arn, [], keys),
    allowed(arn, [JSON.stringify(READY_MADE_DOCUMENTS[name])], keys),
  ]);
  return before.filter((action) => !after.includes(action));
}

async function allowed(arn: string, more: readonly string[], keys: Keys): Promise<readonly string[]> {
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn: arn,
      ActionNames: PROBES,
      MaxItems: 1000,
      ...(more.length === 0 ? {} : { PolicyInputList: [...more] }),
      ContextEntries: Object.entries(keys).map(([ContextKeyName, value]) => ({
        ContextKeyName,
        ContextKeyType: ContextKeyName === "aws:MultiFactorAuthAge" ? "numeric" : "boolean",
        ContextKeyValues: [value],
      })),
    }),
  );
  return EvaluationResults.filter(({ EvalDecision }) => EvalDecision === "allowed").map(
    ({ EvalActionName = "" }) => EvalActionName,
  );
}
