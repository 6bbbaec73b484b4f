import { drain } from "./drain.ts";
import { onBothDatabases, withPair } from "./places.ts";
import { races } from "./races.ts";
import { revocations } from "./revocations.ts";
import { rotations } from "./rotations.ts";

/** Two server processes on one database. */
onBothDatabases((fresh) => {
  const running = withPair(fresh);
  races(running);
  revocations(running);
  rotations(running);
  drain(running);
});
