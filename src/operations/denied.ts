import { refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import { denialSentence } from "#policy/denial.ts";
import { isDeniedForMfa } from "#policy/explain.ts";
import type { ContextValue } from "#policy/request.ts";
import { sealDenial } from "./authorization-message.ts";
import { type Call, type Caller, provedMfa } from "./call.ts";
import type { DeniedRequest } from "./decide.ts";
import type { Result } from "./operation.ts";

/**
 * The refusal of a call that the policies deny: AWS's sentence untouched, and beside it, in headers of our own, the sealed
 * reason and, where a second factor is all that is missing, a sentence that says so. That sentence is the event's reason too.
 */
export function denied(
  call: Call,
  denial: DeniedRequest,
  asked: ReadonlyMap<string, ContextValue | undefined>,
): Result<never> {
  const { request, verdict } = denial;
  const hint = isDeniedForMfa(request) ? hintFor(call.caller, request.action) : undefined;
  const message = sealDenial(call, denial, asked, hint);
  const headers = {
    ...(message === undefined ? {} : { "x-countersign-authorization-message": message }),
    ...(hint === undefined ? {} : { "x-countersign-hint": hint }),
  };
  return refuse(serviceError("AccessDenied", denialSentence(request, verdict), hint, headers));
}

const HINTS = table<string, Caller["kind"] | "again" | "assuming">({
  user: "allowed with a second factor: call sts get-session-token with --serial-number and --token-code",
  root: "allowed with a second factor: call sts get-session-token with --serial-number and --token-code",
  again:
    "allowed with a second factor that is fresher or of another kind: call sts get-session-token again with --serial-number and --token-code",
  assuming:
    "allowed with a second factor: call with --serial-number and --token-code, or with a session of sts get-session-token that has one",
  "role-session":
    "allowed with a second factor, but role sessions never carry one: put the condition in the role's trust policy",
  "federated-user":
    "allowed with a second factor, but sessions of federated users never carry one: call with one of sts get-session-token",
  operator: "allowed with a second factor",
});

function hintFor(caller: Caller, action: string): string {
  if (caller.kind !== "user") return HINTS[caller.kind];
  if (provedMfa(caller) !== undefined) return HINTS.again;
  return HINTS[action === "sts:AssumeRole" ? "assuming" : "user"];
}
