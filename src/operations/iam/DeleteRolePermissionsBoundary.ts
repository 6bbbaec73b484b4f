import { ROLES } from "../holders.ts";
import { deleteBoundary } from "./boundaries.ts";

export const DeleteRolePermissionsBoundary = deleteBoundary(ROLES);
