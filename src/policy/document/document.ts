/** What `Version` may be; a document without one is of 2008 (contract 9.1). Variables exist from 2012 on. */
export type PolicyVersion = "2008-10-17" | "2012-10-17";

/** A policy document after parsing and validation: single values are lists, absent elements are undefined. */
export interface PolicyDocument {
  readonly version: PolicyVersion;
  readonly id: string | undefined;
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  /** In resource and trust policies alone. */
  readonly principals: Principals | undefined;
  readonly actions: Elements;
  /** Undefined in trust policies. */
  readonly resources: Elements | undefined;
  readonly conditions: readonly Condition[];
}

/** An element's values, and whether it is its `Not…` form. */
export interface Elements {
  readonly not: boolean;
  /** As written. */
  readonly values: readonly string[];
}

export interface Principals {
  readonly not: boolean;
  readonly values: readonly PrincipalElement[];
}

/** One principal as written: `"Principal": "*"` is of type `AWS`. */
export interface PrincipalElement {
  readonly type: "AWS" | "Service" | "Federated" | "CanonicalUser";
  readonly value: string;
}

/** One key under one operator: `"StringEquals": {"aws:username": ["a", "b"]}`. */
export interface Condition {
  /** As written, with its set quantifier and `IfExists`. */
  readonly operator: string;
  /** As written; matched without regard to case. */
  readonly key: string;
  /** Booleans and numbers as JSON writes them. */
  readonly values: readonly string[];
}
