import { ROLES } from "../holders.ts";
import { putBoundary } from "./boundaries.ts";

export const PutRolePermissionsBoundary = putBoundary(ROLES);
