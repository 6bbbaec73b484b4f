import { USERS } from "../holders.ts";
import { deleteInlinePolicy } from "./inline-policies.ts";

export const DeleteUserPolicy = deleteInlinePolicy(USERS);
