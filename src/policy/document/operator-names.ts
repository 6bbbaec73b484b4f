/** The condition operators of contract 9.2, with their modifiers. */
const OPERATOR = new RegExp(
  `^(?:Null|(?:ForAllValues:|ForAnyValue:)?(?:${[
    "String(?:Not)?Equals(?:IgnoreCase)?|String(?:Not)?Like",
    "(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)",
    "Bool|BinaryEquals|(?:Not)?IpAddress",
    "Arn(?:Not)?(?:Equals|Like)",
  ].join("|")})(?:IfExists)?)$`,
);

export const isOperator = (name: string): boolean => OPERATOR.test(name);

/** Its values are dates. */
export const isDateOperator = (name: string): boolean => /^(?:[A-Za-z]+:)?Date/.test(name);
