import { loadedOnce } from "#base/loaded.ts";
import { refuse } from "#base/outcome.ts";
import { lookUp, type Table, table } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceName } from "#model/services.ts";
import { type AnyOperation, anyResource, noTarget } from "./operation.ts";

const LOADERS: Table<() => Promise<Table<AnyOperation>>, ServiceName> = table({
  iam: loadedOnce(() => import("./iam/index.ts").then(({ IAM_OPERATIONS }) => IAM_OPERATIONS)),
  sts: loadedOnce(() => import("./sts/index.ts").then(({ STS_OPERATIONS }) => STS_OPERATIONS)),
  countersign: loadedOnce(() =>
    import("./countersign/index.ts").then(({ COUNTERSIGN_OPERATIONS }) => COUNTERSIGN_OPERATIONS),
  ),
});

/** Every operation of `service` that runs, by name; loaded at the service's first call, so that a start does not wait for it. */
export const operationsOf = (service: ServiceName): Promise<Table<AnyOperation>> => LOADERS[service]();

/**
 * The operation `name`, or, where it is known to the service's schemas and not built, one that refuses and names itself: it
 * is decided and recorded like any other.
 */
export async function findOperation(service: ServiceName, name: string): Promise<AnyOperation> {
  return lookUp(await operationsOf(service), name) ?? unsupported(service, name);
}

function unsupported(service: ServiceName, name: string): AnyOperation {
  return {
    kind: "read",
    service,
    name,
    action: `${service}:${name}`,
    readOnly: /^(Get|List)/.test(name),
    target: noTarget,
    resources: anyResource,
    run: async () =>
      refuse(serviceError("UnsupportedOperation", `Countersign does not support the operation ${name}.`)),
  };
}
