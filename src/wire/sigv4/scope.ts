import { accept, type Outcome, refuse } from "#base/outcome.ts";
import type { ServiceError } from "#model/service-error.ts";
import type { ServiceRow } from "#model/services.ts";
import type { SigningDate } from "./date.ts";
import { badCredential, wrongScope } from "./refusals.ts";

/** Whose key signed, and for what its derived key is good. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  /** The signing name. */
  readonly service: string;
}

/** The partitions' naming, e.g. `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`: we stand in for every region. */
const REGION = /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[1-9]\d?$/;

/** The scope of `keyid/date/region/service/aws4_request`, if it names this service and the day of `signed`. */
export function parseScope(
  credential: string,
  service: ServiceRow,
  signed: SigningDate,
): Outcome<CredentialScope, ServiceError> {
  const parts = credential.split("/");
  if (parts.length !== 5) return refuse(badCredential(credential));
  const {
    0: accessKeyId = "",
    1: date = "",
    2: region = "",
    3: signingName = "",
    4: terminator = "",
  } = parts;
  const day = signed.basic.slice(0, 8);
  const sentences: string[] = [];
  if (service.signingRegion === undefined ? !REGION.test(region) : region !== service.signingRegion) {
    sentences.push(`Credential should be scoped to a valid region, not '${region}'. `);
  }
  if (signingName !== service.signingName) {
    sentences.push(`Credential should be scoped to correct service: '${service.signingName}'. `);
  }
  if (terminator !== "aws4_request") {
    sentences.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    );
  }
  if (date !== day) {
    sentences.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${signed.basic}'.`,
    );
  }
  if (sentences.length > 0) return refuse(wrongScope(sentences));
  return accept({ accessKeyId, date, region, service: signingName });
}
