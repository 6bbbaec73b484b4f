import { describe } from "node:test";
import { kills } from "./kills.ts";
import { freshPlaces, LONG } from "./places.ts";
import { restores } from "./restores.ts";

const places = freshPlaces();
const KILLS = { sqlite: 3, postgres: 2 };

/** What survives a crash, and what a copy may do. */
describe("survival", { concurrency: 2 }, () => {
  describe("a backup of a serving deployment", { concurrency: 1 }, () => restores(places));
  describe("a server that is killed", { concurrency: 1 }, () => {
    for (const kind of ["sqlite", "postgres"] as const)
      describe(kind, () => kills(places[kind], LONG ? 25 : KILLS[kind]));
  });
});
