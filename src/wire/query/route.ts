import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { lookUp } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import {
  type OperationModel,
  QUERY_SERVICES,
  type QueryServiceName,
  type QueryServiceRow,
} from "#model/services.ts";
import type { QueryRequest } from "./request.ts";

export interface Route {
  readonly service: QueryServiceRow;
  readonly operation: OperationModel;
}

/** A refusal, and the service in whose namespace it is told. */
export interface Misrouted {
  readonly error: ServiceError;
  readonly service: QueryServiceRow;
}

const BY_VERSION: ReadonlyMap<string, QueryServiceRow> = new Map(
  Object.values(QUERY_SERVICES).map((row) => [row.version, row]),
);

/**
 * Which operation of which service is called: told by `Version` alone. `scopeService`, from the signature, serves only to
 * choose the namespace of a refusal; nothing was verified yet (contract 11, "order in a call").
 */
export async function routeQuery(
  request: QueryRequest,
  scopeService: QueryServiceName | undefined,
): Promise<Outcome<Route, Misrouted>> {
  const { action, version } = request;
  const named = version === undefined ? undefined : BY_VERSION.get(version);
  const service = named ?? QUERY_SERVICES[scopeService ?? "iam"];
  if (action === undefined || action === "") {
    const error = serviceError("MissingAction", "The request must contain the parameter Action");
    return refuse({ error, service });
  }
  const operation = named === undefined ? undefined : lookUp((await named.load()).operations, action);
  if (operation !== undefined) return accept({ service, operation });
  // AWS writes this word for a version that is not there (from memory)
  const sentence = `Could not find operation ${action} for version ${version ?? "NO_VERSION_SPECIFIED"}`;
  return refuse({ error: serviceError("InvalidAction", sentence), service });
}
