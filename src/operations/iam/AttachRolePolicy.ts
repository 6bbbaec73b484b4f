import { attachOperation } from "../attachments.ts";
import { ROLES } from "../holders.ts";

export const AttachRolePolicy = attachOperation(ROLES);
