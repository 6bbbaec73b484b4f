import { GetGroupCommand, UpdateGroupCommand } from "@aws-sdk/client-iam";
import { beforeEach, expect, test, vi } from "vitest";
import { ChangedMeanwhile, open, saveUnchanged, type Through } from "../src/api/unchanged.ts";

/** A server with one group: its path, and the account's revision, which other changes raise too. */
const server = { path: "/a/", revision: 7, saved: 0 };
/** Done by somebody else just before the next change arrives. */
let meanwhile: (() => void) | undefined;

const xml = (status: number, inner: string) =>
  new Response(inner, {
    status,
    headers: { "content-type": "text/xml", "x-countersign-revision": String(server.revision) },
  });

function answer(request: Request, form: URLSearchParams): Response {
  if (form.get("Action") === "GetGroup") {
    const group = `<Group><GroupName>team</GroupName><Path>${server.path}</Path></Group>`;
    return xml(200, `<GetGroupResponse><GetGroupResult>${group}</GetGroupResult></GetGroupResponse>`);
  }
  meanwhile?.();
  meanwhile = undefined;
  if (request.headers.get("x-countersign-unchanged-since") !== String(server.revision)) {
    const error = "<Error><Type>Sender</Type><Code>ChangedMeanwhile</Code><Message>m</Message></Error>";
    return xml(409, `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
  }
  server.path = form.get("NewPath") ?? "";
  server.revision += 1;
  server.saved += 1;
  return xml(200, "<UpdateGroupResponse/>");
}

beforeEach(() => {
  Object.assign(server, { path: "/a/", revision: 7, saved: 0 });
  meanwhile = undefined;
  vi.stubGlobal("fetch", async (request: Request) =>
    answer(request, new URLSearchParams(await request.text())),
  );
});

const read = async (through: Through): Promise<string> =>
  (await through.send(new GetGroupCommand({ GroupName: "team" }))).Group?.Path ?? "";
const save = (path: string) => (through: Through) =>
  through.send(new UpdateGroupCommand({ GroupName: "team", NewPath: path }));

test("what nobody has touched is saved", async () => {
  const opened = await open(read);
  expect(opened).toEqual({ value: "/a/", revision: "7" });
  await saveUnchanged(opened, read, save("/b/"));
  expect(server).toEqual({ path: "/b/", revision: 8, saved: 1 });
});

test("a change of something else does not stand in the way, however often", async () => {
  const opened = await open(read);
  server.revision += 5;
  meanwhile = () => {
    server.revision += 1;
  };
  await saveUnchanged(opened, read, save("/b/"));
  expect(server).toEqual({ path: "/b/", revision: 14, saved: 1 });
});

test("a change of the thing itself is told, with what it is now, and nothing is saved", async () => {
  const opened = await open(read);
  Object.assign(server, { path: "/other/", revision: 8 });
  const failed = await saveUnchanged(opened, read, save("/b/")).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ChangedMeanwhile);
  expect(failed).toMatchObject({ now: { value: "/other/", revision: "8" } });
  expect(server.saved).toBe(0);
});
