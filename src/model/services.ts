import type { StaticOperationSchema } from "@smithy/types";
import { loadedOnce } from "#base/loaded.ts";
import { type Table, table } from "#base/table.ts";

/** The services whose calls are signed. */
export type ServiceName = QueryServiceName | "countersign";
export type QueryServiceName = "iam" | "sts";

/** What the wire must know of a service before any of its schemas is loaded. */
interface ServiceFacts {
  /** The service part of a credential scope. */
  readonly signingName: string;
  /** The one region that scopes of a global service name; absent where any region will do (contract 4.5). */
  readonly signingRegion?: string;
  /** CloudTrail's eventSource. */
  readonly eventSource: string;
  /** Loads the service's schemas: once, at first use. */
  readonly load: () => Promise<ServiceModel>;
}

export interface QueryServiceRow extends ServiceFacts {
  readonly protocol: "query";
  readonly name: QueryServiceName;
  /** The API version that `Version` must name. */
  readonly version: string;
  readonly xmlNamespace: string;
}

export interface JsonServiceRow<Name = "countersign" | "signin"> extends ServiceFacts {
  readonly protocol: "json";
  readonly name: Name;
  /** What stands in `X-Amz-Target` before the operation's name and its dot. */
  readonly target: string;
  /** Of requests and responses. */
  readonly contentType: string;
}

export type ServiceRow = QueryServiceRow | JsonServiceRow;

/** The schemas of a service's operations, as its SDK package publishes them, by operation name. */
export interface ServiceModel {
  readonly operations: Table<OperationModel>;
}

export interface OperationModel {
  readonly name: string;
  readonly schema: StaticOperationSchema;
}

/** Contract 4.1. */
export const QUERY_SERVICES: Table<QueryServiceRow, QueryServiceName> = table({
  iam: service<QueryServiceRow>({
    protocol: "query",
    name: "iam",
    signingName: "iam",
    signingRegion: "us-east-1",
    version: "2010-05-08",
    xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    eventSource: "iam.amazonaws.com",
    schemas: () => import("@aws-sdk/client-iam").then(publishedSchemas),
  }),
  sts: service<QueryServiceRow>({
    protocol: "query",
    name: "sts",
    signingName: "sts",
    version: "2011-06-15",
    xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    eventSource: "sts.amazonaws.com",
    schemas: () => import("@aws-sdk/client-sts").then(publishedSchemas),
  }),
});

const JSON_1_1 = "application/x-amz-json-1.1";

/** DESIGN 8. Signed for any region, as STS: the one server stands for all of them. */
export const COUNTERSIGN = service<JsonServiceRow<"countersign">>({
  protocol: "json",
  name: "countersign",
  signingName: "countersign",
  target: "Countersign_20261101",
  contentType: JSON_1_1,
  eventSource: "countersign",
  schemas: () => import("./countersign/schemas.ts").then(({ COUNTERSIGN_SCHEMAS }) => COUNTERSIGN_SCHEMAS),
});

/** How a person signs in. No signature leads here: these are a browser's calls, before there is a caller. */
export const SIGNIN = service<JsonServiceRow<"signin">>({
  protocol: "json",
  name: "signin",
  signingName: "signin",
  target: "CountersignSignin_20261101",
  contentType: JSON_1_1,
  eventSource: "signin.amazonaws.com",
  schemas: () => import("./signin/schemas.ts").then(({ SIGNIN_SCHEMAS }) => SIGNIN_SCHEMAS),
});

export type SignedServiceRow = QueryServiceRow | JsonServiceRow<"countersign">;

export const SERVICES: Table<SignedServiceRow, ServiceName> = table<SignedServiceRow, ServiceName>({
  ...QUERY_SERVICES,
  countersign: COUNTERSIGN,
});

type Schemas = Readonly<Record<string, StaticOperationSchema>>;

function service<Row extends ServiceRow>(row: Omit<Row, "load"> & { schemas: () => Promise<Schemas> }): Row {
  const { schemas, ...facts } = row;
  const load = loadedOnce(async (): Promise<ServiceModel> => ({ operations: operationsOf(await schemas()) }));
  // the facts are the row without `load`
  return Object.freeze({ ...facts, load }) as unknown as Row;
}

const operationsOf = (schemas: Schemas): Table<OperationModel> =>
  table(Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { name, schema }])));

/** An operation's schema is exported as `Name$` and starts with 9 (`@smithy/core/schema`); everything else is passed over. */
function publishedSchemas(all: object): Schemas {
  const schemas: Record<string, StaticOperationSchema> = {};
  for (const [key, value] of Object.entries(all)) {
    if (!key.endsWith("$") || !Array.isArray(value) || value[0] !== 9) continue;
    // the leading 9 is what makes it an operation's schema
    schemas[key.slice(0, -1)] = value as unknown as StaticOperationSchema;
  }
  return schemas;
}
