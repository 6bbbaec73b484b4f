import { GROUPS } from "../holders.ts";
import { listInlinePolicies } from "./inline-policies.ts";

export const ListGroupPolicies = listInlinePolicies(GROUPS);
