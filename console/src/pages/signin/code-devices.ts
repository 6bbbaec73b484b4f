import type { SignIn, SignInDevice } from "../../../../src/model/signin/types.ts";

/** Kinds that show codes. */
const WITH_CODES = new Set<SignInDevice["Kind"]>(["virtual", "hardware"]);

/** The devices that these pages can ask. */
export const codeDevices = (signIn: SignIn | undefined): readonly SignInDevice[] =>
  (signIn?.Devices ?? []).filter(({ Kind }) => WITH_CODES.has(Kind));
