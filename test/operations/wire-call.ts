import assert from "node:assert/strict";
import type { Keys, World } from "../support/world.ts";

/** A refusal as the SDK's clients show it: the exception's name, the status, the sentence. */
export type Refusal = readonly [name: string, status: number | undefined, sentence: string];

/** Calls the operation of that name over the wire, of IAM or of STS: how it was refused, or undefined where it was done. */
export async function refusalOf(
  world: World,
  keys: Keys,
  operation: string,
  input: object,
): Promise<Refusal | undefined> {
  const { iam, sts } = world.clients(keys);
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const client = name in iam ? iam : sts;
  const call: unknown = Reflect.get(client, name);
  assert.ok(typeof call === "function", `no operation ${operation}`);
  try {
    await Reflect.apply(call, client, [input]);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Error);
    // service exceptions carry the answer's metadata
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    return [error.name, $metadata?.httpStatusCode, error.message];
  }
}
