import { listAttachedOperation } from "../attachments.ts";
import { ROLES } from "../holders.ts";

export const ListAttachedRolePolicies = listAttachedOperation(ROLES);
