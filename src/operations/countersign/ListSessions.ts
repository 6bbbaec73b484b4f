import { accept } from "#base/outcome.ts";
import type { CountersignOperations } from "#model/countersign/types.ts";
import { type OwnSession, ownSessions } from "../console-sessions.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["ListSessions"];

/** The caller's own console sessions: no permission is needed. */
export const ListSessions: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "ListSessions",
  action: "countersign:ListSessions",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const sessions = await ownSessions(store, call);
    return accept({ Sessions: sessions.map(shapeOf) });
  },
};

const shapeOf = (session: OwnSession): Shape["output"]["Sessions"][number] => ({
  SessionId: session.sessionId,
  Current: session.current,
  SignedInAt: session.signedInAt,
  LastSeenAt: session.lastSeenAt,
  ExpiresAt: session.expiresAt,
  SourceIp: session.sourceIp,
  UserAgent: session.userAgent,
  MfaMethod: session.mfa?.method,
});
