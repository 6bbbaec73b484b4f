import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { EventRow } from "#audit/event.ts";
import type { AccountId, PrincipalId } from "#identity/ids.ts";
import { IAM_OPERATIONS } from "#operations/iam/index.ts";
import { loadUser } from "#operations/principals.ts";
import { runOperation } from "#operations/run.ts";
import { ADMINISTRATOR_ACCESS } from "#policy/managed/managed.ts";
import { openStore, type StoreConfig } from "#storage/open.ts";
import { quickFolder } from "../support/quick-folder.ts";
import { ACCOUNT, type CallChange, callOf, NOW } from "./calls.ts";

type Members = Readonly<Record<string, unknown>>;

/** What a call came to: its output's members, or the refusal as it goes on the wire. */
export type Answer = { readonly output: Members } | { readonly error: readonly [string, number, string] };

/** A store of its own with two accounts, and calls that run in it as the server runs them. */
export interface World {
  /** Calls `operation`; by default as an administrator who is not in the way of what is tested. */
  call(operation: string, input?: Members, who?: CallChange): Promise<Answer>;
  /** As `call`, and it must succeed. */
  done(operation: string, input?: Members, who?: CallChange): Promise<Members>;
  /** As `call`, and it must be refused with this code, status and sentence. */
  refused(
    error: readonly [string, number, string],
    operation: string,
    input?: Members,
    who?: CallChange,
  ): Promise<void>;
  /** `name` as a caller: what the server would load of him, with a long-term key. */
  as(name: string): Promise<CallChange>;
  readonly place: StoreConfig;
  readonly store: Awaited<ReturnType<typeof openStore>>;
  /** Events of reads and of refusals before a transaction. */
  readonly handedIn: readonly EventRow[];
  /** The CloudTrail records that were committed with changes, oldest first. */
  committed(): readonly Members[];
  close(): Promise<void>;
}

export const OTHER_ACCOUNT = "210987654321" as AccountId;
export const ROOT: CallChange = { kind: "root" };
export const OPERATOR: CallChange = { kind: "operator" };
const ADMINISTRATOR: CallChange = {
  userName: "administrator",
  principalId: "AIDAADMINADMINADMINAA",
  attachedPolicies: [ADMINISTRATOR_ACCESS],
};

export async function openWorld(): Promise<World> {
  const folder = quickFolder("operations");
  const path = join(folder, "store.db");
  const place: StoreConfig = { kind: "sqlite", path };
  const store = await openStore(place);
  for (const accountId of [ACCOUNT, OTHER_ACCOUNT]) {
    const rootEmail = `root@${accountId}.example`;
    await store.write((tx) => tx.accounts.create({ accountId, rootEmail, alias: undefined, createdAt: NOW }));
  }
  const handedIn: EventRow[] = [];
  const recorder = { ...callOf().deps.recorder, event: (event: EventRow) => void handedIn.push(event) };

  async function call(operation: string, input: Members = {}, who = ADMINISTRATOR): Promise<Answer> {
    const row = IAM_OPERATIONS[operation];
    assert.ok(row, `no operation ${operation}`);
    const made = callOf({ ...who, deps: { recorder, ...who.deps } });
    const result = await runOperation({ store, changed: () => undefined }, row, made, input);
    if (!result.ok) return { error: [result.error.code, result.error.status, result.error.message] };
    return { output: present(result.value) };
  }

  return {
    place,
    store,
    handedIn,
    call,
    async done(operation, input, who) {
      const answer = await call(operation, input, who);
      assert.ok("output" in answer, `${operation}: ${JSON.stringify(answer)}`);
      return answer.output;
    },
    async refused(error, operation, input, who) {
      assert.deepEqual(await call(operation, input, who), { error });
    },
    as: (name) => callerNamed(store, name),
    committed: () => recordsIn(path),
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function callerNamed(store: World["store"], name: string): Promise<CallChange> {
  const user = await store.reader.users.byName(ACCOUNT, name);
  assert.ok(user, `no user ${name}`);
  const { userName, path, userId: principalId } = user;
  const principal = await loadUser(store.reader, ACCOUNT, principalId);
  assert.ok(principal);
  return { userName, path, principalId, policies: principal.policies };
}

/** Without the members that are undefined, which the wire leaves out, at any depth. */
function present(output: object): Members {
  return JSON.parse(JSON.stringify(output));
}

function recordsIn(path: string): readonly Members[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare("select record from events order by rowid").all();
    return rows.map(({ record }) => JSON.parse(String(record)));
  } finally {
    database.close();
  }
}

export const userId = async (world: World, name: string): Promise<PrincipalId> => {
  const user = await world.store.reader.users.byName(ACCOUNT, name);
  assert.ok(user);
  return user.userId;
};
