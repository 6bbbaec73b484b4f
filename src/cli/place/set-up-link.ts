import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { systemClock } from "#base/clock.ts";
import { isLoopback } from "#config/loopback.ts";
import { randomBytes } from "#crypto/random.ts";
import { issueSetUpLink } from "#operations/signin/set-up-link.ts";
import type { Io } from "../terminal/io.ts";
import { remark } from "../terminal/output.ts";
import { writeDurably } from "./durable.ts";
import { ensureFolder } from "./folder.ts";
import type { OpenPlace } from "./place.ts";

const FILE = "set-up-link";
const OTHERWISE = "`countersign account create` makes the first account";

/**
 * Where there is no account yet: a link that makes the first one, in place of any link before it. A terminal is shown the link.
 * Anything else, which may be kept and read by many, is told the path of a file that its owner alone reads.
 */
export async function offerSetUp(
  io: Io,
  place: Pick<OpenPlace, "store">,
  folder: string,
  url: string,
): Promise<void> {
  const path = resolve(join(folder, FILE));
  // whatever it holds is spent or replaced, also where it cannot be taken away
  await rm(path, { force: true }).catch(() => {});
  const [account] = await place.store.reader.accounts.list({ limit: 1 });
  if (account !== undefined) return;
  if (!isPrivate(url)) {
    remark(io, `there is no account yet, and over plain http no link is given to make one: ${OTHERWISE}`);
    return;
  }
  const token = await issueSetUpLink(place.store, randomBytes, systemClock());
  if (token === undefined) return;
  const link = `${url}/setup#${token}`;
  const advice = "within an hour, or start the server again for another";
  if (io.stdout.isTTY) {
    io.stdout.write(`set up ${link}\n`);
    remark(io, `there is no account yet: open the link above ${advice}`);
    return;
  }
  try {
    await ensureFolder(folder);
    await writeDurably(path, 0o600, "replace", (file) => file.writeFile(`${link}\n`));
    remark(io, `there is no account yet: open the link in \`${path}\` ${advice}`);
  } catch {
    remark(io, `there is no account yet, and \`${path}\` cannot be written to hold a link: ${OTHERWISE}`);
  }
}

/** Whether nobody on the way sees the link: it is encrypted, or never leaves the machine. */
function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || isLoopback(hostname.replace(/^\[|\]$/g, ""));
}
