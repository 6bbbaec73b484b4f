import { USERS } from "../holders.ts";
import { putInlinePolicy } from "./inline-policies.ts";

export const PutUserPolicy = putInlinePolicy(USERS);
