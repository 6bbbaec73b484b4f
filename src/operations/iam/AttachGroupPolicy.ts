import { attachOperation } from "../attachments.ts";
import { GROUPS } from "../holders.ts";

export const AttachGroupPolicy = attachOperation(GROUPS);
