import { USERS } from "../holders.ts";
import { deleteBoundary } from "./boundaries.ts";

export const DeleteUserPermissionsBoundary = deleteBoundary(USERS);
