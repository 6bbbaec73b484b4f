import { GROUPS } from "../holders.ts";
import { deleteInlinePolicy } from "./inline-policies.ts";

export const DeleteGroupPolicy = deleteInlinePolicy(GROUPS);
