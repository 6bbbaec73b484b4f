import type { RootKey } from "#crypto/root-key.ts";
import type { KeySource } from "../place/key-source.ts";
import { facts, say } from "../terminal/output.ts";
import { Refusal, systemCode } from "../terminal/refusal.ts";
import { afterFirstLine, firstLine, readAll } from "../terminal/stdin.ts";
import type { CommandRow, Invocation } from "./command.ts";

export const keyImport: CommandRow = {
  name: "key import",
  summary: "write the key file from what `key export` printed",
  detail: "Never writes over a key file. Before `restore`, it gives the new place the key of the old one.",
  arguments: [
    {
      name: "file",
      doc: "holds the exported line (default: standard input, after the passphrase)",
      required: false,
    },
  ],
  options: [
    {
      name: "passphrase-stdin",
      doc: "read the passphrase from the first line of standard input",
      required: true,
    },
  ],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "printf '%s' \"$PASSPHRASE\" | countersign key import root-key.sealed --passphrase-stdin",
      says: "into ./data/root.key",
    },
  ],
  async run(invocation) {
    const { keySource } = await import("../place/key-source.ts");
    const path = freePath(keySource(invocation.settings));
    const input = await readAll(invocation.io.stdin);
    const sealed = (await sealedText(invocation)) ?? afterFirstLine(input);
    const keys = await openKeys(firstLine(input, "passphrase"), sealed);
    const [{ ensureFolder }, { createKeyFile }, { dirname }] = await Promise.all([
      import("../place/folder.ts"),
      import("../place/key-file.ts"),
      import("node:path"),
    ]);
    await ensureFolder(dirname(path));
    const written = await createKeyFile(path, keys);
    if (written !== keys && written[0]?.id !== keys[0]?.id) throw taken(path);
    const KeyId = keys[0]?.id ?? "";
    say(invocation, facts({ KeyId, Path: path }, { "root key": KeyId, file: path }));
    return 0;
  },
};

function freePath({ path }: KeySource): string {
  if (path !== undefined) return path;
  throw new Refusal(
    "the root key comes from the environment or a command here: there is no key file to write",
    {
      hint: "name the file with `--key-file`, without COUNTERSIGN_KEY and `key-command`",
    },
  );
}

const taken = (path: string): Refusal =>
  new Refusal(`there is another root key in \`${path}\``, {
    hint: "import into a new place, or move that file away if nothing is sealed under it",
  });

async function sealedText({ argument }: Invocation): Promise<string | undefined> {
  const path = argument(0);
  if (path === undefined) return undefined;
  const { readFile } = await import("node:fs/promises");
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new Refusal(`cannot read \`${path}\` (${systemCode(cause)})`, { cause });
  });
}

async function openKeys(passphrase: string, sealed: string): Promise<readonly RootKey[]> {
  const [{ openWithPassphrase }, { keysIn }] = await Promise.all([
    import("#crypto/passphrase.ts"),
    import("../place/key-file.ts"),
  ]);
  const opened = await openWithPassphrase(passphrase, sealed);
  if (!opened.ok) throw new Refusal(`this is no exported key, or not its passphrase: ${opened.error}`);
  return keysIn(Buffer.from(opened.value).toString("utf8"), "the exported text");
}
