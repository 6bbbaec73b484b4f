import { attachOperation } from "../attachments.ts";
import { USERS } from "../holders.ts";

export const AttachUserPolicy = attachOperation(USERS);
