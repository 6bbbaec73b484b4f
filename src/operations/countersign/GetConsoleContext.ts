import { SECOND } from "#base/clock.ts";
import { accept, refuse } from "#base/outcome.ts";
import type {
  ConsoleAccount,
  ConsolePrincipal,
  ConsoleSession,
  CountersignOperations,
} from "#model/countersign/types.ts";
import { serviceError } from "#model/errors.ts";
import type { AccountRow } from "#ports/accounts.ts";
import manifest from "../../../package.json" with { type: "json" };
import type { Call } from "../call.ts";
import { idleOf, type OwnSession, ownSessions } from "../console-sessions.ts";
import { userId } from "../context.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

type Shape = CountersignOperations["GetConsoleContext"];

/** Who calls, in which account, with which session: no permission is needed. */
export const GetConsoleContext: ReadOperation<Shape["input"], Shape["output"]> = {
  kind: "read",
  service: "countersign",
  name: "GetConsoleContext",
  action: "countersign:GetConsoleContext",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  async run(store, call) {
    const account = await store.accounts.load(call.caller.accountId);
    const principal = principalOf(call);
    // nobody calls from an account that is not there, and the operator has no console
    if (account === undefined || principal === undefined) return refuse(serviceError("InternalFailure", ""));
    const session = (await ownSessions(store, call)).find(({ current }) => current);
    return accept({
      Account: accountOf(call, account),
      Principal: principal,
      Session: session && sessionOf(call, session),
      Issuer: call.deps.issuer,
      ServerTime: call.now,
      Version: manifest.version,
    });
  },
};

const accountOf = ({ deps }: Call, { accountId, alias }: AccountRow): ConsoleAccount => ({
  AccountId: accountId,
  Alias: alias,
  SignInUrl: `${deps.origin()}/signin?account=${alias ?? accountId}`,
});

function principalOf({ caller }: Call): ConsolePrincipal | undefined {
  if (caller.kind === "operator") return undefined;
  return { Type: caller.kind, Arn: caller.arn, UserName: caller.userName, Id: userId(caller) };
}

const sessionOf = ({ deps }: Call, session: OwnSession): ConsoleSession => ({
  SessionId: session.sessionId,
  SignedInAt: session.signedInAt,
  ExpiresAt: session.expiresAt,
  IdleSeconds: idleOf(session, deps.signIn) / SECOND,
  MustEnrol: session.enrolment === "required",
  Mfa: { Present: session.mfa !== undefined, Method: session.mfa?.method, At: session.mfa?.at },
});
