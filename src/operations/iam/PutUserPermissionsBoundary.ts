import { USERS } from "../holders.ts";
import { putBoundary } from "./boundaries.ts";

export const PutUserPermissionsBoundary = putBoundary(USERS);
