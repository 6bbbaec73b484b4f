import { type Table, table } from "#base/table.ts";
import { roleArn } from "./arns.ts";
import { integer, list, type Members, pattern, required, string, structure } from "./constraint.ts";
import { LATIN_1, tagKeys, tags } from "./shared.ts";

/** STS allows the empty text by pattern and refuses it by length. */
const WORD = pattern(String.raw`[\w+=,.@-]*`);
const word = string({ min: 2, max: 64, pattern: WORD });
const serialNumber = string({ min: 9, max: 256, pattern: pattern(String.raw`[\w+=/:,.@-]*`) });
const tokenCode = string({ min: 6, max: 6, pattern: pattern(String.raw`[\d]*`) });
const arn = string({
  min: 20,
  max: 2048,
  pattern: pattern(
    String.raw`[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+`,
    {
      // the model's last range is meant as one beyond the basic plane
      source: String.raw`[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+`,
    },
  ),
});
const policyDescriptor = structure({ arn });
/** The bound is the manual's: the model has none. */
const policyArns = list(policyDescriptor, { max: 10 });
const provided = structure({ ProviderArn: arn, ContextAssertion: string({ min: 4, max: 2048 }) });
const tokenSize = integer({ min: 0, max: 4096 });

/** Contract appendix A. An operation that is not here is not implemented, and its input is never used. */
export const STS_CONSTRAINTS: Table<Members> = table({
  GetSessionToken: {
    DurationSeconds: integer({ min: 900, max: 129600 }),
    SerialNumber: serialNumber,
    TokenCode: tokenCode,
    MinimumSessionTokenSize: tokenSize,
  },
  AssumeRole: {
    RoleArn: required(roleArn(arn)),
    RoleSessionName: required(word),
    PolicyArns: policyArns,
    Policy: string({ min: 1, pattern: LATIN_1 }),
    DurationSeconds: integer({ min: 900, max: 43200 }),
    Tags: tags,
    TransitiveTagKeys: tagKeys,
    ExternalId: string({ min: 2, max: 1224, pattern: pattern(String.raw`[\w+=,.@:\/-]*`) }),
    SerialNumber: serialNumber,
    TokenCode: tokenCode,
    SourceIdentity: word,
    ProvidedContexts: list(provided, { min: 1, max: 5 }),
    MinimumSessionTokenSize: tokenSize,
  },
  GetCallerIdentity: {},
  GetFederationToken: {
    Name: required(string({ min: 2, max: 32, pattern: WORD })),
    Policy: string({ min: 1, max: 2048, pattern: LATIN_1 }),
    PolicyArns: policyArns,
    DurationSeconds: integer({ min: 900, max: 129600 }),
    Tags: tags,
    MinimumSessionTokenSize: tokenSize,
  },
  DecodeAuthorizationMessage: { EncodedMessage: required(string({ min: 1, max: 10240 })) },
  GetAccessKeyInfo: {
    AccessKeyId: required(string({ min: 16, max: 128, pattern: pattern(String.raw`[\w]*`) })),
  },
  AssumeRoot: {
    TargetPrincipal: required(string({ min: 12, max: 2048 })),
    TaskPolicyArn: required(policyDescriptor),
    DurationSeconds: integer({ min: 0, max: 900 }),
    MinimumSessionTokenSize: tokenSize,
  },
} satisfies Record<string, Members>);
