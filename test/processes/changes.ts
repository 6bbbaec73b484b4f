import type { RowsOf } from "./places.ts";

/** What was made, by kind: the names of all things of that kind. */
export type Things = Readonly<Record<string, readonly string[]>>;

/** What the events of accepted changes say is there: the account's first administrator aside, who came with it. */
export function notedThings(rows: RowsOf): Things {
  const events = acceptedEvents(rows);
  const names = (
    event: string,
    nameOf: (record: Members) => unknown = (record) => record.requestParameters.userName,
  ) => events.filter(({ name }) => name === event).map(({ record }) => String(nameOf(record)));
  const deletedKeys = new Set(names("DeleteAccessKey", (record) => record.requestParameters.accessKeyId));
  const madeKeys = names("CreateAccessKey", (record) => record.responseElements.accessKey.accessKeyId);
  return inOrder({
    users: names("CreateUser"),
    tagged: names("TagUser"),
    moved: names("UpdateUser"),
    attached: names("AttachUserPolicy"),
    keys: madeKeys.filter((key) => !deletedKeys.has(key)),
    devices: names(
      "CreateVirtualMFADevice",
      (record) => record.responseElements.virtualMFADevice.serialNumber,
    ),
  });
}

/** What is there. */
export function storedThings(rows: RowsOf): Things {
  const users = rows("users").filter(
    ({ user_name }) => !["admin", "<root_account>"].includes(String(user_name)),
  );
  const theirs = (table: string) =>
    rows(table).filter(({ user_id }) => users.some((user) => user.user_id === user_id));
  const nameOf = (id: unknown) => users.find(({ user_id }) => user_id === id)?.user_name;
  return inOrder({
    users: users.map(({ user_name }) => user_name),
    tagged: users.filter(({ tags }) => tags !== "[]").map(({ user_name }) => user_name),
    moved: users.filter(({ path }) => path === "/moved/").map(({ user_name }) => user_name),
    attached: theirs("attached_policies").map(({ user_id }) => nameOf(user_id)),
    keys: theirs("access_keys").map(({ access_key_id }) => access_key_id),
    devices: rows("mfa_devices").map(({ serial_number }) => serial_number),
  });
}

/** The request ids that accepted calls have events of. */
export const notedRequests = (rows: RowsOf): ReadonlySet<unknown> =>
  new Set(acceptedEvents(rows).map(({ record }) => record.requestID));

// biome-ignore lint/suspicious/noExplicitAny: an event's elements have as many shapes as there are operations
type Members = any;

const acceptedEvents = (rows: RowsOf): readonly { readonly name: string; readonly record: Members }[] =>
  rows("events")
    .filter(({ error_code }) => error_code === null)
    .map(({ event_name, record }) => ({ name: String(event_name), record: JSON.parse(String(record)) }));

const inOrder = (things: Readonly<Record<string, readonly unknown[]>>): Things =>
  Object.fromEntries(Object.entries(things).map(([kind, names]) => [kind, names.map(String).toSorted()]));
