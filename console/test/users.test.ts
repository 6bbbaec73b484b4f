import { expect, test } from "vitest";
import type { UserSummary } from "../src/api/user-list.ts";
import { questionOf } from "../src/pages/users/question.ts";
import { readSheet, usersSheet } from "../src/pages/users/sheet.ts";
import { readCsv, writeCsv } from "../src/parts/csv.ts";

const cellsOf = (text: string) => {
  const reading = readCsv(text);
  return reading.ok ? reading.records.map(({ cells }) => cells) : `line ${reading.line}`;
};

test.each([
  { of: "nothing", text: "", cells: [] },
  { of: "one cell", text: "a", cells: [["a"]] },
  {
    of: "every kind of line end",
    text: "a,b\r\nc,d\ne,f\rg",
    cells: [["a", "b"], ["c", "d"], ["e", "f"], ["g"]],
  },
  {
    of: "an empty last cell",
    text: "a,\r\n,b\r\n",
    cells: [
      ["a", ""],
      ["", "b"],
    ],
  },
  { of: "an empty last cell where the text ends", text: "a,", cells: [["a", ""]] },
  { of: "lines that hold nothing", text: "a\n\n,,\nb\n\n", cells: [["a"], ["b"]] },
  {
    of: "quoted separators, line ends and marks",
    text: '"a,b","c\r\nd","e""f",""',
    cells: [["a,b", "c\r\nd", 'e"f', ""]],
  },
  { of: "a byte order mark", text: "\uFEFFa,b", cells: [["a", "b"]] },
  {
    of: "semicolons, as some countries' spreadsheets write",
    text: "a;b\nc,d;e",
    cells: [
      ["a", "b"],
      ["c,d", "e"],
    ],
  },
  {
    of: "tabs",
    text: "a\tb\nc\td",
    cells: [
      ["a", "b"],
      ["c", "d"],
    ],
  },
  { of: "what an export made harmless", text: "a\n'=b\n'+c\n'd", cells: [["a"], ["=b"], ["+c"], ["'d"]] },
  { of: "a mark that is not closed", text: 'a,b\n"c\n\nd', cells: "line 2" },
  { of: "a mark inside of a cell", text: 'a\nb"c', cells: "line 2" },
  { of: "something after the closing mark", text: 'a\n"b\nc"d', cells: "line 2" },
])("a CSV file of $of is read", ({ text, cells }) => {
  expect(cellsOf(text)).toEqual(cells);
});

test("a record's line is where it begins", () => {
  const reading = readCsv('a,"b\nc"\n\nd\n"e\r\n\r\nf"\ng');
  expect(reading.ok && reading.records.map(({ line }) => line)).toEqual([1, 4, 5, 8]);
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@sum", "'@sum"],
  ["\tx", `"'\tx"`],
  ["\rx", `"'\rx"`],
  ['=a("b")', `"'=a(""b"")"`],
  ["a=b", "a=b"],
  ["a,b", '"a,b"'],
  ["a;b", '"a;b"'],
  ["a\nb", '"a\nb"'],
])("the cell %j is written as %j, and read as it was", (cell, written) => {
  expect(writeCsv([["x", cell]])).toBe(`x,${written}\r\n`);
  expect(cellsOf(writeCsv([["x", cell]]))).toEqual([["x", cell]]);
});

const read = (text: string) => readSheet(new TextEncoder().encode(text).buffer);

test("a sheet's users are read by the names of its columns, in any order", () => {
  expect(
    read(
      "Tags,NAME,shoe size,groups,path,Contact address\n a = b=c ;d=,ada,39,x y;z,/q/,ada@example.com\n,bob,,,,\n",
    ),
  ).toEqual({
    ok: true,
    unread: ["shoe size"],
    users: [
      {
        line: 2,
        user: {
          UserName: "ada",
          Path: "/q/",
          Groups: ["x", "y", "z"],
          ContactAddress: "ada@example.com",
          Tags: [
            { Key: "a", Value: "b=c" },
            { Key: "d", Value: "" },
          ],
        },
      },
      { line: 3, user: { UserName: "bob" } },
    ],
  });
});

const many = `name\n${Array.from({ length: 1001 }, (_, at) => `u${at}\n`).join("")}`;

test.each([
  { of: "nothing", text: "", problems: [{ kind: "empty" }] },
  { of: "a first line alone", text: "name,path\n", problems: [{ kind: "empty" }] },
  { of: "no column of names", text: "path\n/\n", problems: [{ kind: "no-name" }] },
  {
    of: "two columns that mean the same",
    text: "name,user name\nada,grace\n",
    problems: [{ kind: "twice" }],
  },
  { of: "a column that every object has", text: "constructor\nx\n", problems: [{ kind: "no-name" }] },
  { of: "too many users", text: many, problems: [{ kind: "too-many" }] },
  {
    of: "more than the server takes at once",
    text: `name,tags\nada,a=${"ä".repeat(600_000)}\n`,
    problems: [{ kind: "too-large" }],
  },
  { of: "a mark that is not closed", text: 'name\n"a\n', problems: [{ kind: "quote", line: 2 }] },
  {
    of: "lines that do not fit",
    text: "name,tags\na,b\nc,d=e,f\ng,h=i,\n",
    problems: [
      { kind: "tag", line: 2 },
      { kind: "cells", line: 3 },
    ],
  },
])("a sheet of $of is refused", ({ text, problems }) => {
  expect(read(text)).toEqual({ ok: false, problems });
});

test("a file that is not UTF-8 is refused", () => {
  expect(readSheet(new Uint8Array([0x6e, 0xe4]).buffer)).toEqual({ ok: false, problems: [{ kind: "text" }] });
});

test("what is exported can be imported", () => {
  const user: UserSummary = {
    UserName: "=cmd,@x",
    UserId: "AIDAEXAMPLE",
    Arn: "arn:aws:iam::123456789012:user/a/=cmd,@x",
    Path: "/a/",
    CreateDate: 0,
    MfaKinds: ["virtual", "virtual"],
    ConsoleAccess: true,
    ActiveKeys: 0,
    Groups: ["-x", "y"],
  };
  const sheet = usersSheet([user]);
  expect(sheet.split("\r\n")[1]).toBe(
    `"'=cmd,@x",/a/,'-x y,virtual virtual,yes,,0,,1970-01-01T00:00:00.000Z,"arn:aws:iam::123456789012:user/a/=cmd,@x"`,
  );
  const reading = read(sheet);
  expect(reading.ok && reading.users).toEqual([
    { line: 2, user: { UserName: "=cmd,@x", Path: "/a/", Groups: ["-x", "y"] } },
  ]);
});

test.each([
  ["", {}],
  ["q=%20ada%20", { Search: "ada" }],
  [
    "mfa=none&console=no&group=x&idle=90&keys=365",
    { Mfa: "none", ConsoleAccess: false, GroupName: "x", NotSignedInForDays: 90, KeyOlderThanDays: 365 },
  ],
  ["sort=KeyAge&desc=yes", { Sort: "KeyAge", Descending: true }],
  // what means nothing is passed over
  ["mfa=maybe&console=perhaps&group=&idle=0&keys=3651&sort=shoe", {}],
  ["idle=-1&keys=1e3", {}],
])("the address ?%s asks for %j", (query, question) => {
  expect(questionOf(new URLSearchParams(query))).toEqual(question);
});
