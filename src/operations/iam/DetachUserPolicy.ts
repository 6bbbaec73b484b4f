import { detachOperation } from "../attachments.ts";
import { USERS } from "../holders.ts";

export const DetachUserPolicy = detachOperation(USERS);
