import { ROLES } from "../holders.ts";
import { deleteInlinePolicy } from "./inline-policies.ts";

export const DeleteRolePolicy = deleteInlinePolicy(ROLES);
