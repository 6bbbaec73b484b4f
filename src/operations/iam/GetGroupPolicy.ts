import { GROUPS } from "../holders.ts";
import { getInlinePolicy } from "./inline-policies.ts";

export const GetGroupPolicy = getInlinePolicy(GROUPS);
