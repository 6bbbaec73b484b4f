import { ROLES } from "../holders.ts";
import { getInlinePolicy } from "./inline-policies.ts";

export const GetRolePolicy = getInlinePolicy(ROLES);
