import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AttachUserPolicyCommand,
  type ContextEntry,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteConflictException,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetContextKeysForPrincipalPolicyCommand,
  ListEntitiesForPolicyCommand,
  ListRolesCommand,
  ListUsersCommand,
  MalformedPolicyDocumentException,
  SetDefaultPolicyVersionCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import { accessKey, enabledDevice, mfaSession } from "../processes/people.ts";
import { type Clients, clients, refused } from "../support/sdk.ts";
import type { TestAccount, TestServer } from "../support/server.ts";

/** What the tests of one client run against. */
export interface Served {
  readonly server: TestServer;
  readonly account: TestAccount;
  readonly admin: Clients;
}

const policy = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const MFA = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const LIST_USERS = { Effect: "Allow", Action: "iam:ListUsers", Resource: "*" };
/** Users are listed by anybody, roles by who has shown a second factor. */
const LISTING = policy(LIST_USERS, { ...LIST_USERS, Action: "iam:ListRoles", Condition: MFA });
const ACTIONS = ["iam:ListUsers", "iam:ListRoles"];
const FACTOR: ContextEntry = {
  ContextKeyName: "aws:MultiFactorAuthPresent",
  ContextKeyType: "boolean",
  ContextKeyValues: ["true"],
};

type Simulated = { readonly EvaluationResults?: readonly { EvalDecision: string | undefined }[] | undefined };
const decisions = ({ EvaluationResults = [] }: Simulated) =>
  EvaluationResults.map(({ EvalDecision }) => EvalDecision);

/** A policy is made, attached, simulated, and then obeyed. */
export function policies(served: () => Served): void {
  test("a policy that wants a second factor is simulated and obeyed", async () => {
    const { server, account, admin } = served();
    const { iam } = admin;
    await iam.send(new CreateUserCommand({ UserName: "pia" }));
    const keys = await accessKey(iam, "pia");
    const made = { PolicyName: "pia-lists", PolicyDocument: LISTING };
    const PolicyArn = (await iam.send(new CreatePolicyCommand(made))).Policy?.Arn;
    await iam.send(new AttachUserPolicyCommand({ UserName: "pia", PolicyArn }));

    const PolicySourceArn = `arn:aws:iam::${account.accountId}:user/pia`;
    const asked = { PolicySourceArn, ActionNames: ACTIONS };
    const factor = { ContextEntries: [FACTOR] };
    assert.deepEqual(decisions(await iam.send(new SimulatePrincipalPolicyCommand(asked))), [
      "allowed",
      "implicitDeny",
    ]);
    assert.deepEqual(decisions(await iam.send(new SimulatePrincipalPolicyCommand({ ...asked, ...factor }))), [
      "allowed",
      "allowed",
    ]);
    const about = await iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn }));
    assert.deepEqual(about.ContextKeyNames, ["aws:MultiFactorAuthPresent"]);

    using pia = clients(server, keys);
    await pia.iam.send(new ListUsersCommand({}));
    assert.deepEqual(await refused(pia.iam.send(new ListRolesCommand({}))), {
      name: "AccessDenied",
      status: 403,
      message: `User: ${PolicySourceArn} is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${account.accountId}:role/ because no identity-based policy allows the iam:ListRoles action`,
    });
    const device = await enabledDevice(iam, "pia", "pia");
    using proved = clients(server, await mfaSession(pia, device, 1));
    await proved.iam.send(new ListRolesCommand({}));
  });

  test("a policy has versions, of which one is in force, and is listed with whom it is attached to", async () => {
    const { server, admin } = served();
    const { iam } = admin;
    await iam.send(new CreateUserCommand({ UserName: "quin" }));
    using quin = clients(server, await accessKey(iam, "quin"));
    const list = () => quin.iam.send(new ListUsersCommand({}));
    const made = { PolicyName: "versions", PolicyDocument: LISTING };
    const PolicyArn = (await iam.send(new CreatePolicyCommand(made))).Policy?.Arn;
    const use = { UserName: "quin", PolicyArn };
    await iam.send(new AttachUserPolicyCommand(use));
    await list();
    const PolicyDocument = policy({ ...LIST_USERS, Effect: "Deny" });
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    assert.match((await refused(list())).message, / with an explicit deny in an identity-based policy$/);
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    await list();
    const holders = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    assert.deepEqual(
      holders.PolicyUsers?.map(({ UserName }) => UserName),
      ["quin"],
    );
    const details = await iam.send(
      new GetAccountAuthorizationDetailsCommand({ Filter: ["LocalManagedPolicy"] }),
    );
    const versions = details.Policies?.find(({ Arn }) => Arn === PolicyArn)?.PolicyVersionList;
    assert.deepEqual(versions?.map(({ VersionId }) => VersionId).toSorted(), ["v1", "v2"]);

    await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn })), DeleteConflictException);
    await iam.send(new DetachUserPolicyCommand(use));
    assert.equal((await refused(list())).name, "AccessDenied");
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
  });

  test("documents that are wrong are refused, and others simulated before anybody has them", async () => {
    const { iam } = served().admin;
    const wrong = {
      PolicyName: "wrong",
      PolicyDocument: policy({ Effect: "Allow", Action: "iam:ListUsers" }),
    };
    await assert.rejects(iam.send(new CreatePolicyCommand(wrong)), MalformedPolicyDocumentException);
    const asked = { PolicyInputList: [LISTING], ActionNames: ACTIONS };
    assert.deepEqual(decisions(await iam.send(new SimulateCustomPolicyCommand(asked))), [
      "allowed",
      "implicitDeny",
    ]);
  });
}
