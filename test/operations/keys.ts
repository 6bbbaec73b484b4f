import assert from "node:assert/strict";
import type { Keys } from "../support/world.ts";

interface Answered {
  readonly AccessKeyId: string | undefined;
  readonly SecretAccessKey: string | undefined;
  readonly SessionToken?: string | undefined;
}

/** Keys as an answer of IAM or STS has them. */
export function asKeys(answered: Answered | undefined): Keys {
  const { AccessKeyId, SecretAccessKey, SessionToken } = answered ?? assert.fail("no credentials");
  assert.ok(AccessKeyId && SecretAccessKey);
  const token = SessionToken === undefined ? {} : { sessionToken: SessionToken };
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...token };
}
