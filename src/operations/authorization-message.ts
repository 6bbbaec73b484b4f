import { fromBase64Url, toBase64Url, utf8 } from "#base/bytes.ts";
import type { Keyring } from "#crypto/keyring.ts";
import type { AccountId } from "#identity/ids.ts";
import type { ContextValue } from "#policy/request.ts";
import { type Call, type Caller, provedMfa } from "./call.ts";
import { userId } from "./context.ts";
import type { DeniedRequest } from "./decide.ts";

/**
 * What stands in a sealed message, in bytes: as a header it is about 4,000 characters. Above it the context keys are left out,
 * and where even that is not enough there is no message.
 */
const LARGEST = 2_900;
/** Longer texts are no messages of ours, and are not opened. */
const LONGEST_SEALED = 4_096;

/**
 * Why a call was denied, sealed for the caller's account: who may, has it read by DecodeAuthorizationMessage (DESIGN 3.7). Of
 * another account's policies nothing is told. Where a role's trust decided, every message is as long as any other: whether the
 * role exists is not to be told from outside.
 */
export function sealDenial(
  { caller, deps }: Call,
  denial: DeniedRequest,
  asked: ReadonlyMap<string, ContextValue | undefined>,
  hint: string | undefined,
): string | undefined {
  const { resource } = denial.request.layers;
  if (resource !== undefined && resource.accountId !== caller.accountId) return undefined;
  const plain = [asked, NOTHING].map((keys) => utf8(render(caller, denial, keys, hint))).find(fits);
  if (plain === undefined) return undefined;
  const padded = resource === undefined ? plain : Buffer.alloc(LARGEST, " ").fill(plain, 0, plain.length);
  return toBase64Url(deps.keyring.seal(PURPOSE, caller.accountId, padded));
}

/** The message as JSON, or undefined where it was not sealed for `account`, or was altered. */
export function openDenial(keyring: Keyring, account: AccountId, message: string): string | undefined {
  const sealed = message.length > LONGEST_SEALED ? undefined : fromBase64Url(message);
  const plain = sealed && keyring.open(PURPOSE, account, sealed);
  return plain && Buffer.from(plain).toString("utf8").trimEnd();
}

const PURPOSE = "authorization-message";
const NOTHING: ReadonlyMap<string, ContextValue> = new Map();
const fits = ({ byteLength }: Uint8Array): boolean => byteLength <= LARGEST;

/** In AWS's shape, with a member of our own. */
function render(
  caller: Caller,
  { request, verdict }: DeniedRequest,
  asked: ReadonlyMap<string, ContextValue | undefined>,
  hint: string | undefined,
): string {
  const by = verdict.decision === "explicitDeny" ? verdict.by : undefined;
  return JSON.stringify({
    allowed: false,
    explicitDeny: by !== undefined,
    matchedStatements: items(by === undefined ? [] : [{ statementId: by.sid ?? "", effect: "DENY" }]),
    failures: items([]),
    context: {
      principal: { id: userId(caller), arn: caller.arn },
      action: request.action,
      resource: request.resource,
      conditions: items([...asked].map(conditionOf).filter(({ values }) => values.items.length > 0)),
    },
    countersign: {
      decidedBy: by ?? (verdict.decision === "implicitDeny" ? verdict.layer : undefined),
      mfa: hint ?? (provedMfa(caller) === undefined ? "not proved" : "proved"),
    },
  });
}

const items = <T>(list: readonly T[]) => ({ items: list });

const conditionOf = ([key, value]: readonly [string, ContextValue | undefined]) => ({
  key,
  values: items(
    (value === undefined ? [] : typeof value === "string" ? [value] : value).map((each) => ({ value: each })),
  ),
});
