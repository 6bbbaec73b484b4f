import type { CountersignOperations } from "#model/countersign/types.ts";
import type { SignInOperations } from "#model/signin/types.ts";
import { ApiError } from "./error.ts";

/** Carries a POST to the server: a browser with its cookies, a command line with its signature. */
export type Send = (request: ClientRequest) => Promise<ClientResponse>;

export interface ClientRequest {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ClientResponse {
  readonly status: number;
  /** Of the header `x-amzn-requestid`. */
  readonly requestId: string | undefined;
  readonly body: string;
}

type Operations = Readonly<Record<string, { readonly input: object; readonly output: object }>>;
/** One method an operation; rejects with an `ApiError`, or with whatever `send` rejects with. */
type Methods<Ops> = {
  readonly [Name in keyof Ops]: Ops[Name] extends Operations[string]
    ? (input: Ops[Name]["input"]) => Promise<Ops[Name]["output"]>
    : never;
};

export interface Client {
  readonly countersign: Methods<CountersignOperations>;
  /** From a browser alone: these work on its cookies. */
  readonly signin: Methods<SignInOperations>;
}

export const createClient = ({ send }: { readonly send: Send }): Client => ({
  countersign: methods<CountersignOperations>(send, "Countersign_20261101", COUNTERSIGN),
  signin: methods<SignInOperations>(send, "CountersignSignin_20261101", SIGNIN),
});

const COUNTERSIGN: Readonly<Record<keyof CountersignOperations, true>> = {
  GetConsoleContext: true,
  ListSessions: true,
  RevokeSession: true,
  RevokeOtherSessions: true,
  GetDashboard: true,
  ListSignIns: true,
  RevokeSessions: true,
  CancelMFAEnrolment: true,
  ValidatePolicy: true,
  GetPolicyVocabulary: true,
  ExplainAccess: true,
  ListUserActivity: true,
  ListUserSummaries: true,
  CreateUsers: true,
  PutContactAddress: true,
  GetContactAddress: true,
  DeleteContactAddress: true,
  ConfirmContactAddress: true,
  PutSecurityContact: true,
  GetSecurityContact: true,
  DeleteSecurityContact: true,
  ListNotices: true,
  DismissNotice: true,
  GetServerSettings: true,
  SendTestNotification: true,
};

const SIGNIN: Readonly<Record<keyof SignInOperations, true>> = {
  GetSignIn: true,
  SubmitPassword: true,
  SubmitCode: true,
  ResyncDevice: true,
  ChangePassword: true,
  SkipEnrolment: true,
  Continue: true,
  SetUp: true,
  SignOut: true,
  ProveFactor: true,
};

function methods<Ops>(send: Send, prefix: string, names: Readonly<Record<keyof Ops, true>>): Methods<Ops> {
  const entries = Object.keys(names).map((name) => [
    name,
    (input: object) => call(send, `${prefix}.${name}`, input),
  ]);
  // a method for each name, whose types the operations' own are: the server's encoder holds its answers to them
  return Object.fromEntries(entries) as Methods<Ops>;
}

async function call(send: Send, target: string, input: object): Promise<unknown> {
  const { status, requestId, body } = await send({
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: JSON.stringify(input),
  });
  const answer = parseObject(body);
  if (answer === undefined) {
    throw new ApiError("UnexpectedAnswer", `no answer of the server, status ${status}`, status, requestId);
  }
  if (status === 200) return answer;
  const { __type: code, message } = answer;
  throw new ApiError(String(code ?? "UnexpectedAnswer"), String(message ?? ""), status, requestId);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // an object or an array; of the latter nothing is read
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
