import { utf8 } from "#base/bytes.ts";
import { say } from "../terminal/output.ts";
import { newPassword } from "../terminal/secret.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const keyExport: CommandRow = {
  name: "key export",
  summary: "print the root key, sealed under a passphrase",
  detail:
    "Keep the line it prints apart from the backups: they do not hold the key, and without it no secret opens. " +
    "Old keys that still open something are in it too.",
  options: [{ name: "passphrase-stdin", doc: "read the passphrase from the first line of standard input" }],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "printf '%s' \"$PASSPHRASE\" | countersign key export --passphrase-stdin > root-key.sealed",
      says: "to a file",
    },
  ],
  async run(invocation) {
    const passphrase = await newPassword(invocation, "passphrase-stdin", "passphrase");
    const how = { create: false, clockMustBeRight: false };
    const sealed = await withOperator(invocation, how, async (operator, { keys, keyring }) => {
      const [{ sealWithPassphrase }, { renderKeyFile }, { randomBytes }, { ExportKey }, { DEPLOYMENT }] =
        await Promise.all([
          import("#crypto/passphrase.ts"),
          import("#crypto/key-file.ts"),
          import("#crypto/random.ts"),
          import("#operations/countersign/notes.ts"),
          import("#operations/countersign/account-names.ts"),
        ]);
      const line = await sealWithPassphrase(passphrase, utf8(renderKeyFile(keys.keys())), randomBytes);
      // the key has not left before the log says so
      await operator.attempt(DEPLOYMENT, ExportKey, { KeyId: keyring.activeKeyId });
      return line;
    });
    say(invocation, {
      json: { SealedKey: sealed },
      text: [sealed],
      table: { head: ["sealed key"], rows: [[sealed]] },
    });
    return 0;
  },
};
