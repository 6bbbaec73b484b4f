import type { Operator } from "../place/operator.ts";
import type { OpenPlace } from "../place/place.ts";
import type { ResealReport } from "../place/reseal.ts";
import { type Answer, facts, progress, remark, say } from "../terminal/output.ts";
import type { CommandRow, Invocation } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const keysRotate: CommandRow = {
  name: "keys rotate",
  summary: "seal every secret under a new root key, while the server runs",
  detail:
    "The old key goes on opening sessions for 36 hours, as long as the longest may last; the next start or rotation after " +
    "that drops it. With --compromised it opens none from now on: every session of every account ends, and the key is gone " +
    "when nothing lies under it. Take a new copy with `countersign key export` afterwards. Where the key comes from the " +
    "environment or a command, put the new one there yourself, first under the old, then before it; then this command re-seals.",
  options: [{ name: "compromised", doc: "somebody else may have the old key: end every session at once" }],
  settings: "operator",
  answers: true,
  examples: [
    { line: "countersign keys rotate", says: "once a year, say" },
    { line: "countersign keys rotate --compromised", says: "the key was seen by somebody else" },
  ],
  async run(invocation) {
    const how = { create: false, clockMustBeRight: false };
    const report = await withOperator(invocation, how, (operator, place) =>
      rotate(invocation, operator, place),
    );
    say(invocation, answer(report));
    if (report.unopened === 0) return 0;
    remark(
      invocation.io,
      `${report.unopened} secrets open under no key that is here, and were left as they are`,
    );
    return 1;
  },
};

interface Report extends ResealReport {
  readonly keyId: string;
  readonly dropped: boolean;
}

async function rotate(invocation: Invocation, operator: Operator, place: OpenPlace): Promise<Report> {
  const [{ rotateKeys, oldKeys }, { resealAll }, { dropKeys, dropSpentKeys }] = await Promise.all([
    import("../place/rotate.ts"),
    import("../place/reseal.ts"),
    import("../place/spent-keys.ts"),
  ]);
  const compromised = invocation.switched("compromised");
  const tell = progress(invocation.io);
  // keys from the environment that somebody has put a new one in front of are re-sealed, not rotated
  const noted = (keyId: string) => note(operator, keyId, compromised);
  if (place.source.path !== undefined || oldKeys(place.keys.keys()).length === 0) {
    tell("waiting until every server has the new key");
    await rotateKeys(place, compromised ? "compromised" : "retired", noted);
  } else await noted(place.keyring.activeKeyId);
  if (compromised) await endSessions(operator, place);
  const report = await resealAll(place, (count) => tell(`${count} secrets re-sealed`));
  tell(undefined);
  const dropped = compromised && (await dropKeys(place, oldKeys(place.keys.keys())));
  if (!compromised) await dropSpentKeys(place);
  return { ...report, keyId: place.keyring.activeKeyId, dropped };
}

async function note(operator: Operator, NewKeyId: string, Compromised: boolean): Promise<void> {
  const [{ RotateKeys }, { DEPLOYMENT }] = await Promise.all([
    import("#operations/countersign/notes.ts"),
    import("#operations/countersign/account-names.ts"),
  ]);
  await operator.attempt(DEPLOYMENT, RotateKeys, { NewKeyId, Compromised });
}

async function endSessions(operator: Operator, { store }: OpenPlace): Promise<void> {
  const [{ RevokeSessions }, { allAccounts }, { acceptedOr }] = await Promise.all([
    import("#operations/countersign/RevokeSessions.ts"),
    import("#operations/countersign/ListAccounts.ts"),
    import("../place/operator.ts"),
  ]);
  for (const { accountId } of await allAccounts(store.reader)) {
    acceptedOr(await operator.attempt(accountId, RevokeSessions, {}));
  }
}

function answer({ keyId, resealed, unopened, dropped }: Report): Answer {
  const json = { KeyId: keyId, Resealed: resealed, Unopened: unopened, OldKeysDropped: dropped };
  return facts(json, {
    "root key": keyId,
    "secrets re-sealed": String(resealed),
    "old keys": dropped ? "dropped" : "open only",
  });
}
