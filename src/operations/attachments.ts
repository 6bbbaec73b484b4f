import { accept, refuse } from "#base/outcome.ts";
import { isAwsManaged } from "#identity/arns.ts";
import { serviceError } from "#model/errors.ts";
import { managedPolicy } from "#policy/managed/managed.ts";
import type { Quotas } from "#ports/quotas.ts";
import {
  aboutHolder,
  type Holder,
  type HolderInput,
  type HolderKind,
  holderContext,
  knownHolder,
  lockedHolder,
} from "./holders.ts";
import type { ReadOperation, WriteOperation } from "./operation.ts";
import { type PageInput, pageOfRows } from "./paging.ts";
import {
  nameOfPolicy,
  notAttachable,
  type PolicyInput,
  pathOfPolicy,
  policyArn,
  policyNotFound,
} from "./policies.ts";
import { taggedContext } from "./tags.ts";

type Input = HolderInput & PolicyInput;
type Target = Holder | undefined;

const QUOTA: Readonly<Record<HolderKind["noun"], keyof Quotas>> = {
  User: "attachedPoliciesPerUser",
  Group: "attachedPoliciesPerGroup",
  Role: "attachedPoliciesPerRole",
};

/** What attaching and detaching have in common, whoever the holder. */
const change = (of: HolderKind, verb: "Attach" | "Detach") =>
  ({
    ...aboutHolder(of, `${verb}${of.noun}Policy`),
    kind: "write",
    readOnly: false,
    bumpsRevision: true,
    context: (_call, input, target) => holderContext(target, { "iam:policyarn": policyArn(input) }),
  }) as const satisfies Omit<WriteOperation<Input, object, Target>, "run">;

/** Attaching what is attached already changes nothing and succeeds. */
export const attachOperation = (of: HolderKind): WriteOperation<Input, object, Target> => ({
  ...change(of, "Attach"),
  async run(store, call, input, target) {
    const holder = await lockedHolder(of, store, input, target);
    if (!holder.ok) return holder;
    const { accountId, id } = holder.value;
    const arn = policyArn(input);
    if (isAwsManaged(arn) && managedPolicy(arn) === undefined) return refuse(notAttachable(arn));
    const attached = await store.attachments.attach(accountId, id, arn, call.now);
    if (attached === "no-such-policy") return refuse(notAttachable(arn));
    if (attached === "already-there") return accept({});
    const quota = call.deps.quotas[QUOTA[of.noun]];
    if (await of.countPolicy(store, holder.value, 1, quota)) return accept({});
    return refuse(serviceError("LimitExceeded", `Cannot exceed quota for PoliciesPer${of.noun}: ${quota}`));
  },
});

export const detachOperation = (of: HolderKind): WriteOperation<Input, object, Target> => ({
  ...change(of, "Detach"),
  async run(store, _call, input, target) {
    const holder = await lockedHolder(of, store, input, target);
    if (!holder.ok) return holder;
    const { accountId, id } = holder.value;
    const arn = policyArn(input);
    if (!(await store.attachments.detach(accountId, id, arn))) return refuse(policyNotFound(arn));
    await of.countPolicy(store, holder.value, -1);
    return accept({});
  },
});

/** More than a holder may have attached. */
const ALL = { limit: 1000 };

interface ListInput extends HolderInput, PageInput {
  readonly PathPrefix?: string | undefined;
}

interface ListOutput {
  readonly AttachedPolicies: readonly { readonly PolicyName: string; readonly PolicyArn: string }[];
  readonly IsTruncated: boolean;
  readonly Marker: string | undefined;
}

/** In the order in which they were attached. */
export const listAttachedOperation = (of: HolderKind): ReadOperation<ListInput, ListOutput, Target> => ({
  ...aboutHolder(of, `ListAttached${of.noun}Policies`),
  kind: "read",
  readOnly: true,
  context: taggedContext,
  async run(store, call, input, target) {
    const holder = knownHolder(of, input, target);
    if (!holder.ok) return holder;
    const { accountId, id } = holder.value;
    const prefix = input.PathPrefix ?? "/";
    const attached = await store.attachments.listFor(accountId, id, ALL);
    const wanted = attached.filter((arn) => pathOfPolicy(arn).startsWith(prefix));
    const page = await pageOfRows(call, `ListAttached${of.noun}Policies`, [id, prefix], input, wanted);
    if (!page.ok) return page;
    const { rows, IsTruncated, Marker } = page.value;
    const AttachedPolicies = rows.map((arn) => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }));
    return accept({ AttachedPolicies, IsTruncated, Marker });
  },
});
