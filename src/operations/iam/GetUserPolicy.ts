import { USERS } from "../holders.ts";
import { getInlinePolicy } from "./inline-policies.ts";

export const GetUserPolicy = getInlinePolicy(USERS);
