import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachUserPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  type IAMClient,
  ListAttachedUserPoliciesCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { type Fresh, onBothDatabases } from "../storage/databases.ts";
import { openWorld, type World } from "../support/world.ts";
import { documentOf } from "./policies-world.ts";

const PolicyDocument = documentOf();
const ROUNDS = 6;

/** How calls at once ended: `done`, or the error's name. */
async function endings(calls: readonly Promise<unknown>[]): Promise<readonly string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((one) => (one.status === "fulfilled" ? "done" : one.reason.name)).sort();
}

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

onBothDatabases((fresh) => describe("calls at once", () => racesOn(fresh)));

function racesOn(fresh: Fresh): void {
  let world: World;
  before(async () => {
    world = await openWorld({ config: await fresh() });
  });
  after(() => world[Symbol.asyncDispose]());

  /** In an account of its own. */
  async function withAdmin(
    work: (iam: IAMClient, arn: (name: string) => string) => Promise<void>,
  ): Promise<void> {
    const account = await world.account();
    const { iam } = world.clients(account.admin);
    await work(iam, (name) => `arn:aws:iam::${account.accountId}:policy/${name}`);
  }
  const makePolicy = (iam: IAMClient, PolicyName: string) =>
    iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));

  test("of policies of one name in several letter cases, one is made", () =>
    withAdmin(async (iam) => {
      const calls = ["Name", "NAME", "name", "nAME"].map((PolicyName) => makePolicy(iam, PolicyName));
      const taken = "EntityAlreadyExistsException";
      assert.deepEqual(await endings(calls), [taken, taken, taken, "done"]);
      const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
      assert.equal(SummaryMap?.Policies, 1);
    }));

  test("versions made at once: four beside the first, each with a number of its own, one default", () =>
    withAdmin(async (iam, arn) => {
      await makePolicy(iam, "Raced");
      const version = { PolicyArn: arn("Raced"), PolicyDocument, SetAsDefault: true };
      const calls = times(7, () => iam.send(new CreatePolicyVersionCommand(version)));
      const full = "LimitExceededException";
      assert.deepEqual(await endings(calls), [full, full, full, "done", "done", "done", "done"]);
      const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn("Raced") }));
      assert.deepEqual(
        Versions.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
        ["v5", "v4", "v3", "v2", "v1"].map((id) => [id, id === "v5"]),
      );
    }));

  test("a policy that is attached while it is deleted is attached or gone, never both", () =>
    withAdmin(async (iam, arn) => {
      await iam.send(new CreateUserCommand({ UserName: "u" }));
      for (const round of times(ROUNDS, (at) => `Raced${at}`)) {
        await makePolicy(iam, round);
        const PolicyArn = arn(round);
        const ended = await endings([
          iam.send(new DeletePolicyCommand({ PolicyArn })),
          iam.send(new AttachUserPolicyCommand({ UserName: "u", PolicyArn })),
        ]);
        assert.equal(ended.filter((end) => end === "done").length, 1, ended.join());
        const { AttachedPolicies = [] } = await iam.send(
          new ListAttachedUserPoliciesCommand({ UserName: "u" }),
        );
        const attached = AttachedPolicies.some((policy) => policy.PolicyArn === PolicyArn);
        const known = await endings([iam.send(new GetPolicyCommand({ PolicyArn }))]);
        assert.deepEqual(known, [attached ? "done" : "NoSuchEntityException"]);
        if (attached) await iam.send(new DetachUserPolicyCommand({ UserName: "u", PolicyArn }));
      }
    }));

  test("a quota of attached policies holds, and a policy attached twice at once counts once", () =>
    withAdmin(async (iam, arn) => {
      await iam.send(new CreateGroupCommand({ GroupName: "g" }));
      const names = times(12, (at) => `P${at}`);
      for (const name of names) await makePolicy(iam, name);
      const attach = (name: string) =>
        iam.send(new AttachGroupPolicyCommand({ GroupName: "g", PolicyArn: arn(name) }));
      assert.deepEqual(await endings([attach("P0"), attach("P0")]), ["done", "done"]);
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn("P0") }));
      assert.equal(Policy?.AttachmentCount, 1);
      const ended = await endings(names.map(attach));
      assert.equal(ended.filter((end) => end === "done").length, 10);
      assert.equal(ended.filter((end) => end === "LimitExceededException").length, 2);
    }));

  test("a version that is made the default while it is deleted is the default or gone, never both", () =>
    withAdmin(async (iam, arn) => {
      for (const name of times(ROUNDS, (at) => `Raced${at}`)) {
        await makePolicy(iam, name);
        const PolicyArn = arn(name);
        await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument }));
        const version = { PolicyArn, VersionId: "v2" };
        const ended = await endings([
          iam.send(new DeletePolicyVersionCommand(version)),
          iam.send(new SetDefaultPolicyVersionCommand(version)),
        ]);
        assert.equal(ended.filter((end) => end === "done").length, 1, ended.join());
        const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
        const gone = Versions.every(({ VersionId }) => VersionId !== "v2");
        const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
        assert.equal(Policy?.DefaultVersionId, gone ? "v1" : "v2");
      }
    }));
}
