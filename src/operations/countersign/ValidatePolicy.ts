import { accept } from "#base/outcome.ts";
import type { CountersignOperations, PolicyProblem } from "#model/countersign/types.ts";
import { placesIn } from "#policy/document/positions.ts";
import { policyProblems } from "#policy/document/problems.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["ValidatePolicy"];

/** What is wrong in a document that somebody is writing. It looks at nothing of the account, and no permission is needed. */
export const ValidatePolicy: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "ValidatePolicy",
  action: "countersign:ValidatePolicy",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  // a draft is nobody's but its writer's
  audit: { request: ({ Type }) => ({ type: Type ?? "identity" }) },
  async run(_store, _call, { Document, Type = "identity" }) {
    const problems = policyProblems(Document, Type);
    const placeOf = placesIn(Document);
    return accept({
      Problems: problems.map(({ start, end, severity, message }): PolicyProblem => {
        const [from, to] = [placeOf(start), placeOf(end)];
        return {
          Line: from.line,
          Column: from.column,
          EndLine: to.line,
          EndColumn: to.column,
          Severity: severity,
          Message: message,
        };
      }),
    });
  },
};
