import type { StaticStructureSchema } from "@smithy/types";
import { BOOLEAN, list, NUMBER, STRING, structure } from "../schemas.ts";
import type {
  AccessExplanation,
  AccessQuestion,
  ConditionSaid,
  ContextEntry,
  MfaSituation,
  Nothing,
  PolicyOperations,
  PolicyProblem,
  PolicyVocabulary,
  StatementSaid,
} from "./types.ts";

type Input<Name extends keyof PolicyOperations> = PolicyOperations[Name]["input"];
type Output<Name extends keyof PolicyOperations> = PolicyOperations[Name]["output"];

const texts = list("Texts", STRING);

const problem = structure<PolicyProblem>(
  "PolicyProblem",
  { Line: NUMBER, Column: NUMBER, EndLine: NUMBER, EndColumn: NUMBER, Severity: STRING, Message: STRING },
  {},
);

const action = structure<PolicyVocabulary["Actions"][number]>(
  "PolicyAction",
  { Name: STRING, ReadOnly: BOOLEAN },
  {},
);

const situation = structure<MfaSituation>(
  "MfaSituation",
  { State: STRING },
  { AgeSeconds: NUMBER, Method: STRING },
);

const entry = structure<ContextEntry>("ContextEntry", { Key: STRING, Values: texts }, {});

const condition = structure<ConditionSaid>(
  "ConditionSaid",
  { Operator: STRING, Key: STRING, Wanted: texts, Holds: BOOLEAN },
  { Seen: texts },
);

const statement = structure<StatementSaid>(
  "StatementSaid",
  {
    Policy: STRING,
    Kind: STRING,
    Index: NUMBER,
    Effect: STRING,
    Speaks: BOOLEAN,
    Decided: BOOLEAN,
    Conditions: list("Conditions", condition),
  },
  { Holder: STRING, Sid: STRING, KeptOutBy: STRING },
);

export const POLICY_SHAPES = {
  ValidatePolicy: [
    structure<Input<"ValidatePolicy">>("ValidatePolicyInput", { Document: STRING }, { Type: STRING }),
    structure<Output<"ValidatePolicy">>("ValidatePolicyOutput", { Problems: list("Problems", problem) }, {}),
  ],
  GetPolicyVocabulary: [
    structure<Nothing>("Nothing", {}, {}),
    structure<PolicyVocabulary>(
      "PolicyVocabulary",
      { Actions: list("Actions", action), ConditionKeys: texts, Operators: texts },
      {},
    ),
  ],
  ExplainAccess: [
    structure<AccessQuestion>(
      "AccessQuestion",
      { PrincipalArn: STRING, Action: STRING, Mfa: situation },
      { Resource: STRING, Context: list("Context", entry) },
    ),
    structure<AccessExplanation>(
      "AccessExplanation",
      { Decision: STRING, Statements: list("Statements", statement), AbsentKeys: texts },
      {},
    ),
  ],
} as const satisfies Record<keyof PolicyOperations, readonly [StaticStructureSchema, StaticStructureSchema]>;
