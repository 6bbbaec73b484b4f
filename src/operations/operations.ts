import { refuse } from "#base/outcome.ts";
import { lookUp, type Table, table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceName } from "#model/services.ts";
import { IAM_OPERATIONS } from "./iam/index.ts";
import { type AnyOperation, anyResource, noTarget } from "./operation.ts";
import { STS_OPERATIONS } from "./sts/index.ts";

/** Every operation that runs, by service and name. */
export const OPERATIONS: Table<Table<AnyOperation>, ServiceName> = table({
  iam: IAM_OPERATIONS,
  sts: STS_OPERATIONS,
});

/**
 * The operation `name`, or, where it is known to the service's schemas and not built, one that refuses and names itself: it
 * is decided and recorded like any other.
 */
export function findOperation(service: ServiceName, name: string): AnyOperation {
  return lookUp(OPERATIONS[service], name) ?? unsupported(service, name);
}

/** Where the name does not tell it (contract 5.3). */
const READ_ONLY: Table<boolean> = table({ AssumeRole: true, GetFederationToken: false });

function unsupported(service: ServiceName, name: string): AnyOperation {
  return {
    kind: "read",
    service,
    name,
    action: `${service}:${name}`,
    readOnly: lookUp(READ_ONLY, name) ?? /^(Get|List)/.test(name),
    target: noTarget,
    resources: anyResource,
    run: async () =>
      refuse(serviceError("UnsupportedOperation", `Countersign does not support the operation ${name}.`)),
  };
}
