import { compareParsed } from "./comparison.ts";

/** `true` in any letter case; every other text is false, in the policy as in the request (contract 9.2). */
export const parseBool = (text: string): boolean => text.toLowerCase() === "true";

export const equals = compareParsed(parseBool, (seen, wanted) => seen === wanted);
