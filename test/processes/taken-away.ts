import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { inProcess } from "../cli/in-process.ts";
import { clients, sessionOf } from "../support/sdk.ts";
import type { Credentials } from "../support/server.ts";
import { accessKey, administrator } from "./people.ts";
import { flagsOf, type Running } from "./places.ts";

/** Something by which somebody may list users, and how it is taken from him. */
interface TakenAway {
  readonly told: string;
  /** Taken away by the operator's command, in a process of its own; else in the first of the two servers. */
  readonly byOperator?: true;
  /** How his calls are refused then. */
  readonly refusal: "AccessDenied" | "InvalidClientTokenId";
  readonly arrange: (run: Running, name: string) => Promise<Arranged>;
}

interface Arranged {
  readonly keys: Credentials;
  readonly takeAway: () => Promise<unknown>;
}

const statement = (Action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const LISTING = { PolicyName: "listing", PolicyDocument: statement("iam:ListUsers") };

const here = ({ admin }: Running): IAMClient => admin.at[0].iam;

/** A user who may do nothing yet. */
async function somebody(iam: IAMClient, UserName: string): Promise<Credentials> {
  await iam.send(new CreateUserCommand({ UserName }));
  return accessKey(iam, UserName);
}

/** A role that an administrator of that name has assumed. */
async function inRole(run: Running, name: string): Promise<{ RoleName: string; keys: Credentials }> {
  const iam = here(run);
  const principal = { AWS: run.pair.account.accountId };
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  };
  const made = { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) };
  const { Role } = await iam.send(new CreateRoleCommand(made));
  await iam.send(new PutRolePolicyCommand({ RoleName: name, ...LISTING }));
  using own = clients(run.pair.servers[0], await administrator(iam, name));
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "session" });
  return { RoleName: name, keys: sessionOf(await own.sts.send(assume)) };
}

export const TAKEN_AWAY: readonly TakenAway[] = [
  {
    told: "a user who left a group",
    refusal: "AccessDenied",
    async arrange(run, name) {
      const iam = here(run);
      const keys = await somebody(iam, name);
      await iam.send(new CreateGroupCommand({ GroupName: name }));
      await iam.send(new PutGroupPolicyCommand({ GroupName: name, ...LISTING }));
      const member = { GroupName: name, UserName: name };
      await iam.send(new AddUserToGroupCommand(member));
      return { keys, takeAway: () => iam.send(new RemoveUserFromGroupCommand(member)) };
    },
  },
  {
    told: "an inline policy that was deleted",
    refusal: "AccessDenied",
    async arrange(run, name) {
      const iam = here(run);
      const keys = await somebody(iam, name);
      await iam.send(new PutUserPolicyCommand({ UserName: name, ...LISTING }));
      const { PolicyName } = LISTING;
      return { keys, takeAway: () => iam.send(new DeleteUserPolicyCommand({ UserName: name, PolicyName })) };
    },
  },
  {
    told: "a policy with another default version",
    refusal: "AccessDenied",
    async arrange(run, name) {
      const iam = here(run);
      const keys = await somebody(iam, name);
      const { Policy } = await iam.send(new CreatePolicyCommand({ ...LISTING, PolicyName: name }));
      const PolicyArn = Policy?.Arn ?? assert.fail("no policy");
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
      const version = { PolicyArn, PolicyDocument: statement("iam:GetUser"), SetAsDefault: true };
      return { keys, takeAway: () => iam.send(new CreatePolicyVersionCommand(version)) };
    },
  },
  {
    told: "an administrator under a boundary",
    refusal: "AccessDenied",
    async arrange(run, name) {
      const iam = here(run);
      const keys = await administrator(iam, name);
      const PermissionsBoundary = "arn:aws:iam::aws:policy/IAMUserChangePassword";
      const bound = new PutUserPermissionsBoundaryCommand({ UserName: name, PermissionsBoundary });
      return { keys, takeAway: () => iam.send(bound) };
    },
  },
  {
    told: "the session of a role that was deleted",
    refusal: "InvalidClientTokenId",
    async arrange(run, name) {
      const { RoleName, keys } = await inRole(run, name);
      const iam = here(run);
      const takeAway = async () => {
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: LISTING.PolicyName }));
        await iam.send(new DeleteRoleCommand({ RoleName }));
      };
      return { keys, takeAway };
    },
  },
  {
    told: "the session of a role whose sessions were ended",
    byOperator: true,
    refusal: "InvalidClientTokenId",
    async arrange(run, name) {
      const { RoleName, keys } = await inRole(run, name);
      const { place, account } = run.pair;
      const whose = ["--account", account.accountId, "--role", RoleName];
      const takeAway = async () => {
        const { code, stderr } = await inProcess(["account", "revoke-sessions", ...flagsOf(place), ...whose]);
        assert.equal(code, 0, stderr);
      };
      return { keys, takeAway };
    },
  },
];
