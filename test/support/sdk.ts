import assert from "node:assert/strict";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import type { Credentials, TestServer } from "./server.ts";

export interface Clients extends Disposable {
  readonly iam: IAMClient;
  readonly sts: STSClient;
}

/** The SDK's own clients with nothing set but what a person sets; one attempt, so that the first answer is what is seen. */
export function clients(server: Pick<TestServer, "url">, credentials: Credentials): Clients {
  const config = { endpoint: server.url, region: "us-east-1", maxAttempts: 1, credentials };
  const [iam, sts] = [new IAMClient(config), new STSClient(config)];
  return {
    iam,
    sts,
    [Symbol.dispose]: () => {
      iam.destroy();
      sts.destroy();
    },
  };
}

export interface Refused {
  /** The class of the exception, e.g. `NoSuchEntityException`; a code without a class of its own is its own name. */
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** What the client made of a refusal. The call must be refused. */
export async function refused(call: Promise<unknown>): Promise<Refused> {
  const error = await call.then(
    () => assert.fail("was not refused"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  // service exceptions carry the answer's metadata; what never got an answer does not
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return { name: error.name, status: $metadata?.httpStatusCode, message: error.message };
}

/** The keys in an answer of STS, as a client takes them. */
export function sessionOf(answer: {
  readonly Credentials?:
    | {
        AccessKeyId: string | undefined;
        SecretAccessKey: string | undefined;
        SessionToken: string | undefined;
      }
    | undefined;
}): Required<Credentials> {
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {};
  assert.ok(AccessKeyId && SecretAccessKey && SessionToken, "an answer without credentials");
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
