import { environmentOf, flagOf } from "#config/settings.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { Invocation } from "./command.ts";

/** DESIGN 1, "root's access keys". */
export function refuseUnlessAllowed({ settings }: Invocation): void {
  if (settings.allowRootKeys) return;
  throw new Refusal("access keys of the root user are not allowed here", {
    hint: `an administrator's key does the same under policies; \`${flagOf("allowRootKeys")}\` or \`${environmentOf("allowRootKeys")}=true\` allows them`,
  });
}
