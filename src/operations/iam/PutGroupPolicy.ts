import { GROUPS } from "../holders.ts";
import { putInlinePolicy } from "./inline-policies.ts";

export const PutGroupPolicy = putInlinePolicy(GROUPS);
