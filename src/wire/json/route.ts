import { accept, type Outcome, refuse } from "#base/outcome.ts";
import { lookUp } from "#base/table.ts";
import { serviceError } from "#model/errors.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { JsonServiceRow, OperationModel } from "#model/services.ts";
import type { JsonRequest } from "./request.ts";

export interface JsonRoute<Service = JsonServiceRow> {
  readonly service: Service;
  readonly operation: OperationModel;
}

/** The services of AWS that speak JSON here and are known by name only (contract 4.1): what they are asked is refused. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "cloudtrail"],
  ["Logs_20140328", "logs"],
  ["GraniteServiceVersion20100801", "monitoring"],
]);

/** Which operation of which of `services` the target names. Outside input is not repeated. */
export async function routeJson<Service extends JsonServiceRow>(
  { target, contentType }: JsonRequest,
  services: readonly Service[],
): Promise<Outcome<JsonRoute<Service>, ServiceError>> {
  const dot = target.lastIndexOf(".");
  const prefix = target.slice(0, Math.max(dot, 0));
  const service = services.find((row) => row.target === prefix && row.contentType === contentType);
  const operation = service && lookUp((await service.load()).operations, target.slice(dot + 1));
  if (service !== undefined && operation !== undefined) return accept({ service, operation });
  const known = KNOWN.get(prefix);
  if (known === undefined) {
    return refuse(
      serviceError("UnknownOperationException", "X-Amz-Target names no operation of this server."),
    );
  }
  return refuse(
    serviceError("UnsupportedOperation", `Countersign does not support the operations of ${known}.`),
  );
}
