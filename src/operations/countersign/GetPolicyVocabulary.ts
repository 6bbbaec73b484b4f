import { accept } from "#base/outcome.ts";
import { COUNTERSIGN_SCHEMAS } from "#model/countersign/schemas.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { OPERATORS } from "#policy/conditions/operators.ts";
import { CONDITION_KEYS } from "../condition-keys.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

/** This service's own, by its schemas: its operations are not loaded from one of them. */
const OWN = Object.keys(COUNTERSIGN_SCHEMAS).map(
  (name) => [`countersign:${name}`, /^(?:Explain|Get|List|Validate)/.test(name)] as const,
);

type Shape = CountersignOperations["GetPolicyVocabulary"];

/** What policies can speak of here: the actions that the server itself has, condition keys and operators. No permission is needed. */
export const GetPolicyVocabulary: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetPolicyVocabulary",
  action: "countersign:GetPolicyVocabulary",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run() {
    const [{ IAM_OPERATIONS }, { STS_OPERATIONS }] = await Promise.all([
      import("../iam/index.ts"),
      import("../sts/index.ts"),
    ]);
    const aws = [...Object.values(IAM_OPERATIONS), ...Object.values(STS_OPERATIONS)];
    const actions = new Map([...aws.map(({ action, readOnly }) => [action, readOnly] as const), ...OWN]);
    return accept({
      Actions: [...actions].map(([Name, ReadOnly]) => ({ Name, ReadOnly })),
      ConditionKeys: CONDITION_KEYS,
      Operators: Object.keys(OPERATORS),
    });
  },
};
