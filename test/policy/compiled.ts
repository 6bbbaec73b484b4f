import { compile } from "#policy/compile.ts";
import type { DecisionRequest } from "#policy/request.ts";
import type { PlainPolicy, PlainRequest } from "./naive.ts";

/** The same call, as the engine wants it: every document compiled. */
export function compileRequest({ layers, ...request }: PlainRequest): DecisionRequest {
  const { identity, boundary, session, resource } = layers;
  return {
    ...request,
    layers: {
      identity: identity.map(compiled),
      boundary: boundary && compiled(boundary),
      session: session?.map(compiled),
      resource: resource && { ...compiled(resource), kind: resource.kind, accountId: resource.accountId },
    },
  };
}

const compiled = ({ name, document }: PlainPolicy) => ({ name, compiled: compile(document) });
