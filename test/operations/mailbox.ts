import { epochMs, MINUTE } from "#base/clock.ts";
import { tokenOf } from "#operations/notices.ts";
import type { NoticeKind } from "#ports/notices.ts";
import type { World } from "../support/world.ts";

/** A mail as it goes out. */
export interface Sent {
  readonly to: string | undefined;
  readonly kind: NoticeKind;
  readonly details: Readonly<Record<string, string>>;
  /** Of a mail that confirms; else nothing. */
  readonly token: string;
}

/** Sends what is due: each mail is there once. */
export async function sendMails(world: World): Promise<readonly Sent[]> {
  const until = epochMs(world.now + MINUTE);
  return world.store.write(async (tx) => {
    const mails = await tx.notices.claimMails(world.now, until, 100);
    for (const { accountId, noticeId } of mails) await tx.notices.mailed(accountId, noticeId, world.now);
    return mails.map((mail) => ({
      to: mail.address,
      kind: mail.kind,
      details: mail.details,
      token: tokenOf(world.env.deps.keyring, mail) ?? "",
    }));
  });
}

/** Who is told what, in order of the alphabet. */
export const tellings = (mails: readonly Sent[]): readonly string[] =>
  mails.map(({ to, kind }) => `${kind} to ${to}`).toSorted();
