import { matchesPattern, type Pattern, patternOf, type Token } from "./pattern.ts";

/** `arn`, partition, service, region, account, and the resource, which may hold colons itself. */
export type ArnFields = readonly string[];
export type ArnPattern = readonly Pattern[];

const FIELDS = 6;

/** The six fields of an ARN, or undefined where `text` is none. */
export function parseArn(text: string): ArnFields | undefined {
  const fields = splitFields(text);
  return fields.length === FIELDS && fields[0] === "arn" ? fields : undefined;
}

/** At most six: what stands behind the fifth colon is one. */
export function splitFields(text: string): readonly string[] {
  const fields: string[] = [];
  let from = 0;
  for (let colon = text.indexOf(":"); colon >= 0 && fields.length < FIELDS - 1; ) {
    fields.push(text.slice(from, colon));
    from = colon + 1;
    colon = text.indexOf(":", from);
  }
  fields.push(text.slice(from));
  return fields;
}

/** A pattern per field, or undefined where the tokens make no ARN. A wildcard never reaches over a colon outside the resource. */
export function arnPatternOf(tokens: readonly Token[]): ArnPattern | undefined {
  const fields: Token[][] = [[]];
  for (const token of tokens) {
    if ("wildcard" in token) fields[fields.length - 1]?.push(token);
    else addLiteral(fields, token.literal);
  }
  const patterns = fields.map(patternOf);
  const [first] = patterns;
  const isArn = first?.kind === "literal" && first.text === "arn";
  return isArn && patterns.length === FIELDS ? patterns : undefined;
}

function addLiteral(fields: Token[][], literal: string): void {
  let rest = literal;
  for (let colon = rest.indexOf(":"); colon >= 0 && fields.length < FIELDS; colon = rest.indexOf(":")) {
    fields[fields.length - 1]?.push({ literal: rest.slice(0, colon) });
    fields.push([]);
    rest = rest.slice(colon + 1);
  }
  fields[fields.length - 1]?.push({ literal: rest });
}

export function matchesArn(pattern: ArnPattern, fields: ArnFields): boolean {
  // the resource tells most ARNs apart, and stands last
  for (let at = pattern.length - 1; at >= 0; at--) {
    const [wanted, seen] = [pattern[at], fields[at]];
    if (wanted === undefined || seen === undefined || !matchesPattern(wanted, seen)) return false;
  }
  return true;
}
