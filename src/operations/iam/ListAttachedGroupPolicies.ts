import { listAttachedOperation } from "../attachments.ts";
import { GROUPS } from "../holders.ts";

export const ListAttachedGroupPolicies = listAttachedOperation(GROUPS);
