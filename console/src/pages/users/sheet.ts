/** Users as a table of text: what an export writes, and what an import reads. */
import { MOST_USERS, type NewUser, type UserSummary } from "../../api/user-list.ts";
import { type CsvRecord, readCsv, writeCsv } from "../../parts/csv.ts";

const date = (at: number | undefined): string => (at === undefined ? "" : new Date(at).toISOString());

const EXPORTED: Readonly<Record<string, (user: UserSummary) => string>> = {
  name: (user) => user.UserName,
  path: (user) => user.Path,
  groups: (user) => user.Groups.join(" "),
  mfa: (user) => user.MfaKinds.join(" ") || "none",
  console_access: (user) => (user.ConsoleAccess ? "yes" : "no"),
  last_sign_in: (user) => date(user.PasswordLastUsed),
  active_keys: (user) => String(user.ActiveKeys),
  oldest_active_key: (user) => date(user.OldestActiveKeyDate),
  created: (user) => date(user.CreateDate),
  arn: (user) => user.Arn,
};

export function usersSheet(users: readonly UserSummary[]): string {
  const cells = Object.values(EXPORTED);
  return writeCsv([Object.keys(EXPORTED), ...users.map((user) => cells.map((cell) => cell(user)))]);
}

/** For whoever wonders how it should look. */
export const EXAMPLE = writeCsv([
  ["name", "path", "groups", "contact", "tags"],
  ["ada", "/engineering/", "developers readers", "ada@example.com", "team=compilers; cost-centre=1815"],
  ["grace", "/", "", "", ""],
]);

/** Its names in the first line, in any letter case. */
const READ: Readonly<Record<string, Column>> = {
  name: "name",
  "user name": "name",
  username: "name",
  path: "path",
  groups: "groups",
  contact: "contact",
  "contact address": "contact",
  tags: "tags",
};
type Column = "name" | "path" | "groups" | "contact" | "tags";

/** The server takes a body of 1 MiB; what is around the users in it is far less than what is left of that here. */
const MOST_BYTES = 1024 * 1024 - 1024;

export interface SheetUser {
  readonly line: number;
  readonly user: NewUser;
}

export type SheetProblem =
  | { readonly kind: "text" | "empty" | "no-name" | "twice" | "too-many" | "too-large" }
  /** On this line: a quotation mark that does not fit, more cells than there are columns, or a tag that has no `=`. */
  | { readonly kind: "quote" | "cells" | "tag"; readonly line: number };

export type SheetReading =
  | { readonly ok: true; readonly users: readonly SheetUser[]; readonly unread: readonly string[] }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

const refuse = (...problems: readonly SheetProblem[]): SheetReading => ({ ok: false, problems });

/** A file that is as large as what is sent of it may be is not read first. */
export const readFile = async (file: File): Promise<SheetReading> =>
  file.size > MOST_BYTES ? refuse({ kind: "too-large" }) : readSheet(await file.arrayBuffer());

/** The users in a file, a line each; of the rest of an export it tells that it was not read. */
export function readSheet(file: ArrayBuffer): SheetReading {
  const text = textOf(file);
  if (text === undefined) return refuse({ kind: "text" });
  const reading = readCsv(text);
  if (!reading.ok) return refuse({ kind: "quote", line: reading.line });
  const [head, ...records] = reading.records;
  const names = head?.cells.map((cell) => cell.trim()) ?? [];
  const columns = names.map((name) => columnOf(name));
  if (head === undefined || records.length === 0) return refuse({ kind: "empty" });
  if (!columns.includes("name")) return refuse({ kind: "no-name" });
  const read = columns.filter((column) => column !== undefined);
  if (new Set(read).size < read.length) return refuse({ kind: "twice" });
  if (records.length > MOST_USERS) return refuse({ kind: "too-many" });
  const rows = records.map((record) => ({ record, row: rowOf(columns, record) }));
  const problems = rows.flatMap(({ record, row }) => problemsOf(columns, record, row));
  if (problems.length > 0) return refuse(...problems);
  const users = rows.map(({ record: { line }, row }) => ({ line, user: userOf(row) }));
  if (sizeOf(users) > MOST_BYTES) return refuse({ kind: "too-large" });
  return {
    ok: true,
    users,
    unread: names.filter((name, index) => name !== "" && columns[index] === undefined),
  };
}

/** Bytes, as they are sent. */
const sizeOf = (users: readonly SheetUser[]): number =>
  new TextEncoder().encode(JSON.stringify(users.map(({ user }) => user))).length;

/** Undefined where it is not UTF-8. */
function textOf(file: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
}

function columnOf(name: string): Column | undefined {
  const known = name.toLowerCase();
  return Object.hasOwn(READ, known) ? READ[known] : undefined;
}

type Row = Readonly<Partial<Record<Column, string>>>;

const rowOf = (columns: readonly (Column | undefined)[], { cells }: CsvRecord): Row =>
  Object.fromEntries(
    columns.flatMap((column, index) => (column === undefined ? [] : [[column, cells[index]?.trim() ?? ""]])),
  );

function problemsOf(
  columns: readonly unknown[],
  { line, cells }: CsvRecord,
  row: Row,
): readonly SheetProblem[] {
  const problems: SheetProblem[] = [];
  if (cells.slice(columns.length).some((cell) => cell !== "")) problems.push({ kind: "cells", line });
  if (tagTexts(row).some((text) => !text.includes("="))) problems.push({ kind: "tag", line });
  return problems;
}

const parts = (text: string | undefined, separator: RegExp | string): readonly string[] =>
  (text ?? "")
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");

const tagTexts = ({ tags }: Row): readonly string[] => parts(tags, ";");

function userOf(row: Row): NewUser {
  const groups = parts(row.groups, /[;\s]/);
  const tags = tagTexts(row).map((text) => {
    const at = text.indexOf("=");
    return { Key: text.slice(0, at).trim(), Value: text.slice(at + 1).trim() };
  });
  return {
    UserName: row.name ?? "",
    ...(row.path ? { Path: row.path } : {}),
    ...(groups.length > 0 ? { Groups: groups } : {}),
    ...(row.contact ? { ContactAddress: row.contact } : {}),
    ...(tags.length > 0 ? { Tags: tags } : {}),
  };
}
