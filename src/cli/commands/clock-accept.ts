import { type EpochMs, isoSeconds, systemClock } from "#base/clock.ts";
import type { OpenPlace } from "../place/place.ts";
import { confirm } from "../terminal/confirm.ts";
import { facts, say } from "../terminal/output.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const clockAccept: CommandRow = {
  name: "clock accept",
  summary: "say that the machine's clock is right, whatever was seen before",
  detail:
    "The server refuses codes and sessions while the clock is behind the highest moment it has seen, and holds back what " +
    "depends on dates after a leap ahead. Codes that were used stay used. Sessions that the wrong clock made are refused; those " +
    "that had only ended by it may be valid again until they end by the right one, and `countersign keys rotate --compromised` " +
    "ends them all.",
  options: [{ name: "yes", doc: "do not ask" }],
  settings: "operator",
  answers: true,
  examples: [{ line: "date; countersign clock accept", says: "look first, then say that it is right" }],
  async run(invocation) {
    const { io, switched } = invocation;
    const accepted = await withOperator(
      invocation,
      { create: false, clockMustBeRight: false },
      async (operator, place) => {
        const now = systemClock();
        const highest = await place.store.clock.highest();
        const seen = highest === 0 ? "nothing" : isoSeconds(highest);
        await confirm(
          io,
          switched("yes"),
          `the clock says ${isoSeconds(now)}, the highest moment seen is ${seen}: is the clock right?`,
        );
        const [{ AcceptClock }, { DEPLOYMENT }, { acceptedOr }] = await Promise.all([
          import("#operations/countersign/notes.ts"),
          import("#operations/countersign/account-names.ts"),
          import("../place/operator.ts"),
        ]);
        const input = { Highest: isoSeconds(highest), Accepted: isoSeconds(now) };
        acceptedOr(await operator.attempt(DEPLOYMENT, AcceptClock, input));
        await accept(place, highest, now);
        return input;
      },
    );
    say(invocation, facts(accepted, { accepted: accepted.Accepted, before: accepted.Highest }));
    return 0;
  },
};

async function accept({ store }: OpenPlace, seen: EpochMs, now: EpochMs): Promise<void> {
  if (now >= seen) return store.clock.accept(now);
  if (await store.clock.setBack(seen, now)) return;
  throw new Refusal("the highest moment seen has changed meanwhile", { hint: "run the command again" });
}
