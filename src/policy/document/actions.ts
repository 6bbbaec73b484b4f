import type { Draft } from "./draft.ts";

const VENDOR = /^[A-Za-z0-9-]+$/;

/** What a trust policy may speak of: every way to assume a role, and what may be asked along with it. */
const TRUST_ACTION = /^sts:(?:assumerole[a-z*?]*|tagsession|setsourceidentity|setcontext)$/i;

/** The first action without a service before it (recorded 2026; the last sentence is unsure). */
export function actionFault(draft: Draft): string | undefined {
  for (const action of actionsOf(draft)) {
    const fault = faultOf(action);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOf(action: string): string | undefined {
  if (action === "*") return undefined;
  const [vendor = "", ...names] = action.split(":");
  if (names.length === 0) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (names.length > 1) return "Actions/Condition can contain only one colon.";
  return VENDOR.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}

/** Seen on CreateRole in 2023. */
export function trustActionFault(draft: Draft): string | undefined {
  const negated = draft.statements.some(({ actions }) => actions?.not);
  if (!negated && actionsOf(draft).every((action) => TRUST_ACTION.test(action))) return undefined;
  return "AssumeRole policy may only specify STS AssumeRole actions.";
}

function actionsOf({ statements }: Draft): readonly string[] {
  return statements.flatMap(({ actions }) => actions?.values ?? []);
}
