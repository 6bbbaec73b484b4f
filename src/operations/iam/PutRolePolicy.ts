import { ROLES } from "../holders.ts";
import { putInlinePolicy } from "./inline-policies.ts";

export const PutRolePolicy = putInlinePolicy(ROLES);
