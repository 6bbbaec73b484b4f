import { listAttachedOperation } from "../attachments.ts";
import { USERS } from "../holders.ts";

export const ListAttachedUserPolicies = listAttachedOperation(USERS);
