import { USERS } from "../holders.ts";
import { listInlinePolicies } from "./inline-policies.ts";

export const ListUserPolicies = listInlinePolicies(USERS);
