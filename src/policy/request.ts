import type { AccountId, Arn, PrincipalId } from "#identity/ids.ts";
import type { CompiledPolicy } from "./compile.ts";
import type { Context } from "./context.ts";

export type { Context, ContextValue } from "./context.ts";

/** Who asks, as statements with a `Principal` see him. */
export interface RequestPrincipal {
  readonly kind: "operator" | "root" | "user" | "role-session" | "federated-user";
  readonly accountId: AccountId;
  /** The ARN of the call: `…:user/…`, `…:assumed-role/ROLE/SESSION`, `…:federated-user/NAME`, `…:root`. */
  readonly arn: Arn;
  /** The unique id behind it: of the user, of the role of a role session, of the user who federated; the account id for root. */
  readonly principalId: PrincipalId;
  /** The role's own ARN, for a role session. */
  readonly roleArn?: Arn;
}

/** A policy with the name it goes by in explanations: its ARN, or an inline policy's own name. */
export interface NamedPolicy {
  readonly name: string;
  readonly compiled: CompiledPolicy;
}

/** Every policy that can speak about a call (contract 9.3). */
export interface Layers {
  /** Of the user and his groups, or of the role. */
  readonly identity: readonly NamedPolicy[];
  readonly boundary: NamedPolicy | undefined;
  /** Undefined where the session was made without session policies: an empty list allows nothing. */
  readonly session: readonly NamedPolicy[] | undefined;
  readonly resource: ResourcePolicy | undefined;
}

/** The policy of the resource itself. A trust policy must allow; another may. */
export interface ResourcePolicy extends NamedPolicy {
  readonly kind: "trust" | "resource";
  /** Whose resource it is. */
  readonly accountId: AccountId;
}

/** One action on one resource. */
export interface DecisionRequest {
  readonly principal: RequestPrincipal;
  /** e.g. `iam:CreateUser`; matched without regard to case. */
  readonly action: string;
  readonly resource: string;
  readonly layers: Layers;
  readonly context: Context;
  /** It is about the requester himself alone, and free as such. */
  readonly own?: boolean;
}

export type LayerName = "identity" | "boundary" | "session" | "resource";

/** The statement that decided: which policy of which layer, and its place in the document. */
export interface DecidedBy {
  readonly layer: LayerName;
  readonly policy: string;
  /** From 0. */
  readonly statement: number;
  readonly sid: string | undefined;
}

/**
 * A decision is never a boolean. `allowed` names one statement that allowed, or `always` for the calls that no policy can
 * stop; `implicitDeny` names the first layer that had to allow and did not; `failed` is an error while deciding.
 */
export type Verdict =
  | { readonly decision: "allowed"; readonly by: DecidedBy | "always" }
  | { readonly decision: "explicitDeny"; readonly by: DecidedBy }
  | { readonly decision: "implicitDeny"; readonly layer: LayerName }
  | { readonly decision: "implicitDeny"; readonly layer: "failed"; readonly error: unknown };
