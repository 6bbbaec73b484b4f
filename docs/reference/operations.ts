import { SERVICES, type SignedServiceRow } from "#model/services.ts";
import type { AnyOperation } from "#operations/operation.ts";
import { operationsOf } from "#operations/operations.ts";

/** Every operation that a service's published schemas know: implemented, or refused by name. */
export async function renderOperationsReference(): Promise<string> {
  const sections = await Promise.all(Object.values(SERVICES).map(renderService));
  return sections.join("\n\n");
}

async function renderService(service: SignedServiceRow): Promise<string> {
  const names = Object.keys((await service.load()).operations).sort();
  // rows of a table without a prototype: a name that is not in it is undefined
  const rows: Readonly<Record<string, AnyOperation | undefined>> = await operationsOf(service.name);
  const built = names.flatMap((name) => rows[name] ?? []);
  const refused = names.filter((name) => rows[name] === undefined);
  return [
    headOf(service),
    `${built.length} of ${names.length} operations are implemented.`,
    ["| operation | action | kind |", "|---|---|---|", ...built.map(renderRow)].join("\n"),
    ...(refused.length === 0
      ? []
      : [`Refused with \`UnsupportedOperation\`, naming the operation: ${refused.join(", ")}.`]),
  ].join("\n\n");
}

const headOf = (service: SignedServiceRow): string =>
  service.protocol === "query"
    ? `## ${service.name.toUpperCase()} (version ${service.version})`
    : `## ${service.name} (JSON 1.1, signing name \`${service.signingName}\`, target \`${service.target}.OPERATION\`)`;

const renderRow = ({ name, action, kind }: AnyOperation): string => `| ${name} | \`${action}\` | ${kind} |`;
