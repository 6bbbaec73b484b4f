import { accept, refuse } from "#base/outcome.ts";
import { table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import { parsePolicy } from "#policy/document/parse.ts";
import { documentSize } from "#policy/document/size.ts";
import type { EntityKind } from "#ports/policies.ts";
import type { Quotas } from "#ports/quotas.ts";
import { wireDocument } from "../documents.ts";
import {
  aboutHolder,
  type Holder,
  type HolderInput,
  type HolderKind,
  holderContext,
  holderName,
  knownHolder,
  lockedHolder,
  noSuchHolder,
} from "../holders.ts";
import type { ReadOperation, WriteOperation } from "../operation.ts";
import { type PageInput, pageOf } from "../paging.ts";
import { taggedContext } from "../tags.ts";

type NamedInput = HolderInput & { readonly PolicyName?: string | undefined };
type PutInput = NamedInput & { readonly PolicyDocument?: string | undefined };
type Target = Holder | undefined;

/** Of all inline policies of one holder together. */
const QUOTAS = table<keyof Quotas, EntityKind>({
  user: "inlineSizePerUser",
  group: "inlineSizePerGroup",
  role: "inlineSizePerRole",
});

/** `PutUserPolicy`, `PutGroupPolicy`, `PutRolePolicy`: makes the policy or replaces its document. */
export const putInlinePolicy = (of: HolderKind): WriteOperation<PutInput, object, Target> => ({
  ...aboutHolder(of, `Put${of.noun}Policy`),
  kind: "write",
  readOnly: false,
  bumpsRevision: true,
  context: (_call, _input, target) => holderContext(target),
  async run(store, call, input, target) {
    const holder = knownHolder(of, input, target);
    if (!holder.ok) return holder;
    const { PolicyName: policyName = "", PolicyDocument: document = "" } = input;
    const parsed = parsePolicy(document, "identity");
    if (!parsed.ok) return refuse(serviceError("MalformedPolicyDocument", parsed.error));
    const policy = { policyName, document, createdAt: call.now, size: documentSize(document) };
    const quota = call.deps.quotas[QUOTAS[of.kind]];
    const put = await store.inlinePolicies.put(holder.value, policy, quota);
    if (put === "too-large") return refuse(tooLarge(holder.value, quota));
    return put === "put" ? accept({}) : refuse(noSuchHolder(of, holderName(of, input)));
  },
});

/** `GetUserPolicy`, `GetGroupPolicy`, `GetRolePolicy`. */
export const getInlinePolicy = (of: HolderKind): ReadOperation<NamedInput, object, Target> => ({
  ...aboutHolder(of, `Get${of.noun}Policy`),
  kind: "read",
  readOnly: true,
  context: taggedContext,
  async run(store, _call, input, target) {
    const holder = knownHolder(of, input, target);
    if (!holder.ok) return holder;
    const policy = await store.inlinePolicies.load(holder.value, input.PolicyName ?? "");
    if (policy === undefined) return refuse(noSuchInlinePolicy(of, input));
    return accept({
      [of.member]: holder.value.name,
      // recorded: as it was asked for
      PolicyName: input.PolicyName,
      PolicyDocument: wireDocument(policy.document),
    });
  },
});

/** `ListUserPolicies`, `ListGroupPolicies`, `ListRolePolicies`. */
export const listInlinePolicies = (
  of: HolderKind,
): ReadOperation<HolderInput & PageInput, object, Target> => ({
  ...aboutHolder(of, `List${of.noun}Policies`),
  kind: "read",
  readOnly: true,
  context: taggedContext,
  async run(store, call, input, target) {
    const holder = knownHolder(of, input, target);
    if (!holder.ok) return holder;
    const page = await pageOf(
      call,
      `List${of.noun}Policies`,
      [holder.value.id],
      input,
      (wanted) => store.inlinePolicies.list(holder.value, wanted),
      ({ policyName }) => policyName,
    );
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    return accept({ PolicyNames: rows.map(({ policyName }) => policyName), IsTruncated, Marker });
  },
});

/** `DeleteUserPolicy`, `DeleteGroupPolicy`, `DeleteRolePolicy`. */
export const deleteInlinePolicy = (of: HolderKind): WriteOperation<NamedInput, object, Target> => ({
  ...aboutHolder(of, `Delete${of.noun}Policy`),
  kind: "write",
  readOnly: false,
  bumpsRevision: true,
  context: (_call, _input, target) => holderContext(target),
  async run(store, _call, input, target) {
    // the holder's lock first, as PutUserPolicy takes it
    const holder = await lockedHolder(of, store, input, target);
    if (!holder.ok) return holder;
    const removed = await store.inlinePolicies.remove(holder.value, input.PolicyName ?? "");
    return removed ? accept({}) : refuse(noSuchInlinePolicy(of, input));
  },
});

/** Recorded for each kind. */
const noSuchInlinePolicy = (of: HolderKind, { PolicyName }: NamedInput): ServiceError =>
  serviceError("NoSuchEntity", `The ${of.kind} policy with name ${PolicyName} cannot be found.`);

/** Contract 9.1. */
const tooLarge = ({ kind, name }: Holder, quota: number): ServiceError =>
  serviceError("LimitExceeded", `Maximum policy size of ${quota} bytes exceeded for ${kind} ${name}`);
