import { describe } from "node:test";
import { LONG } from "../support/long.ts";
import { kills } from "./kills.ts";
import { freshPlaces } from "./places.ts";
import { restores } from "./restores.ts";

const places = freshPlaces();
/** The store's own test kills its writer five times; here it is a server that dies. */
const KILLS = LONG ? 25 : 1;

/** What survives a crash, and what a copy may do. */
describe("survival", { concurrency: 2 }, () => {
  describe("a backup of a serving deployment", { concurrency: 1 }, () => restores(places));
  describe("a server that is killed", { concurrency: 1 }, () => {
    for (const kind of ["sqlite", "postgres"] as const) describe(kind, () => kills(places[kind], KILLS));
  });
});
