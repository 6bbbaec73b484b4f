/** Where pages of things are: each name is a part of the path by itself. */
export const policyPath = ({
  name,
  managedByAws,
}: {
  readonly name: string;
  readonly managedByAws: boolean;
}): string => `/policies/${managedByAws ? "aws/" : ""}${encodeURIComponent(name)}`;

/** With its tab always: a user may be called as a page beside his is. */
export const userPath = (name: string, tab = "permissions"): string =>
  `/users/${encodeURIComponent(name)}/${tab}`;
/** Assigning a device to a user, or without a name to oneself. */
export const assignPath = (name?: string): string =>
  name === undefined ? "/mfa/assign" : `/mfa/assign?user=${encodeURIComponent(name)}`;
export const groupPath = (name: string, tab = ""): string =>
  `/groups/${encodeURIComponent(name)}${tab === "" ? "" : `/${tab}`}`;
export const rolePath = (name: string, tab = ""): string =>
  `/roles/${encodeURIComponent(name)}${tab === "" ? "" : `/${tab}`}`;
/** No part of `/roles`: a role may be called so. */
export const CREATE_ROLE = "/create-role";

const PATHS = { user: userPath, group: groupPath, role: rolePath };

export const entityPath = (kind: keyof typeof PATHS, name: string): string => PATHS[kind](name);
