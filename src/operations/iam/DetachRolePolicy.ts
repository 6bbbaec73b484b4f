import { detachOperation } from "../attachments.ts";
import { ROLES } from "../holders.ts";

export const DetachRolePolicy = detachOperation(ROLES);
