import type { StaticOperationSchema } from "@smithy/types";
import { type Table, table } from "#base/table.ts";

export type ServiceName = "iam" | "sts";

/** What the wire must know of a service before any of its schemas is loaded. */
export interface ServiceRow {
  readonly name: ServiceName;
  /** The service part of a credential scope. */
  readonly signingName: string;
  /** The one region that scopes of a global service name; absent where any region will do (contract 4.5). */
  readonly signingRegion?: string;
  /** The API version that `Version` must name. */
  readonly version: string;
  readonly xmlNamespace: string;
  /** CloudTrail's eventSource. */
  readonly eventSource: string;
  /** Loads the operations of the service's published package: once, at first use. */
  readonly load: () => Promise<ServiceModel>;
}

/** The schemas of a service's operations, as its SDK package publishes them, by operation name. */
export interface ServiceModel {
  readonly service: ServiceRow;
  readonly operations: Table<OperationModel>;
}

export interface OperationModel {
  readonly name: string;
  readonly schema: StaticOperationSchema;
}

/** Contract 4.1. */
export const SERVICES: Table<ServiceRow, ServiceName> = table({
  iam: service({
    name: "iam",
    signingName: "iam",
    signingRegion: "us-east-1",
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    eventSource: "iam.amazonaws.com",
    exports: () => import("@aws-sdk/client-iam"),
  }),
  sts: service({
    name: "sts",
    signingName: "sts",
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    eventSource: "sts.amazonaws.com",
    exports: () => import("@aws-sdk/client-sts"),
  }),
});

function service(row: Omit<ServiceRow, "load"> & { exports: () => Promise<object> }): ServiceRow {
  const { exports, ...facts } = row;
  let loading: Promise<ServiceModel> | undefined;
  const self: ServiceRow = {
    ...facts,
    load: () => (loading ??= exports().then((all) => ({ service: self, operations: operationsOf(all) }))),
  };
  return Object.freeze(self);
}

/** An operation's schema is exported as `Name$` and starts with 9 (`@smithy/core/schema`); everything else is passed over. */
function operationsOf(all: object): Table<OperationModel> {
  const rows: Record<string, OperationModel> = {};
  for (const [key, value] of Object.entries(all)) {
    if (!key.endsWith("$") || !Array.isArray(value) || value[0] !== 9) continue;
    const name = key.slice(0, -1);
    // the leading 9 is what makes it an operation's schema
    rows[name] = { name, schema: value as unknown as StaticOperationSchema };
  }
  return table(rows);
}
