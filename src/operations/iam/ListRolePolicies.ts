import { ROLES } from "../holders.ts";
import { listInlinePolicies } from "./inline-policies.ts";

export const ListRolePolicies = listInlinePolicies(ROLES);
