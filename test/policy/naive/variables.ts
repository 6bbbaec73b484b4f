import type { PolicyVersion } from "#policy/document/document.ts";
import type { Context } from "#policy/request.ts";
import { letters, type Piece, piecesOf } from "./glob.ts";

const VARIABLE = /^\$\{([^}]*)\}/;
const WITH_DEFAULT = /^(.*?) *, *'(.*)'$/;

/**
 * A value with its variables replaced, letter by letter: what is put in stands for itself. Undefined where a variable has no
 * value, which matches nothing (contract 9.2). Documents of 2008 have no variables.
 */
export function expand(
  value: string,
  version: PolicyVersion,
  context: Context,
): readonly Piece[] | undefined {
  if (version === "2008-10-17") return piecesOf(value);
  if (value === "") return [];
  const [whole, name] = VARIABLE.exec(value) ?? [];
  const head = name === undefined ? piecesOf(value.charAt(0)) : valueFor(name, context);
  const rest = expand(value.slice(whole?.length ?? 1), version, context);
  return head === undefined || rest === undefined ? undefined : [...head, ...rest];
}

function valueFor(name: string, context: Context): readonly Piece[] | undefined {
  if (name === "*" || name === "?" || name === "$") return letters(name);
  const [, key = name, fallback] = WITH_DEFAULT.exec(name) ?? [];
  const value = context(key.toLowerCase()) ?? fallback;
  // a multivalued key has no value to put in, default or not
  return typeof value === "string" ? letters(value) : undefined;
}
