import { detachOperation } from "../attachments.ts";
import { GROUPS } from "../holders.ts";

export const DetachGroupPolicy = detachOperation(GROUPS);
