import assert from "node:assert/strict";
import { epochMs, HOUR, MINUTE } from "#base/clock.ts";
import { issueAccessKeyId, type PrincipalId } from "#identity/ids.ts";
import type { ConsoleSessionRow } from "#ports/console-sessions.ts";
import type { SignInRow } from "#ports/signins.ts";
import { NEW_THROTTLE } from "#signin/throttle.ts";
import { type Bench, type Cases, makeUser, NOW, randomBytes, serialOf } from "../fixtures.ts";

let made = 0;
const hashOf = (): string => `hash-${++made}`;

const proofOf = (account: Bench["account"]) =>
  ({ at: NOW, method: "virtual", serialNumber: serialOf(account, "phone") }) as const;

async function makeSession(
  { store, account }: Bench,
  principalId: PrincipalId,
  more: Partial<ConsoleSessionRow> = {},
): Promise<ConsoleSessionRow> {
  const row: ConsoleSessionRow = {
    accountId: account,
    sessionId: hashOf(),
    tokenHash: hashOf(),
    principalId,
    accessKeyId: issueAccessKeyId("temporaryKey", account, randomBytes),
    signedInAt: NOW,
    issuedAt: NOW,
    lastSeenAt: NOW,
    expiresAt: epochMs(NOW + HOUR),
    mfa: undefined,
    enrolment: "none",
    sourceIp: "192.0.2.1",
    userAgent: "é",
    ...more,
  };
  await store.write((tx) => tx.consoleSessions.create(row));
  return row;
}

const newSignIn = (account: Bench["account"], principalId: PrincipalId): SignInRow => ({
  accountId: account,
  tokenHash: hashOf(),
  principalId,
  step: "factor",
  passwordChangedAt: NOW,
  mfa: undefined,
  createdAt: NOW,
  expiresAt: epochMs(NOW + 5 * MINUTE),
  failures: 0,
});

export const signInCases: Cases = {
  "a console session is found by its cookie's hash, in its own account alone": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const row = await makeSession(bench, user, { mfa: proofOf(account), enrolment: "offered" });
    assert.deepEqual(await store.reader.consoleSessions.load(account, row.tokenHash), row);
    assert.equal(await store.reader.consoleSessions.load(account, row.sessionId), undefined);
    const later = await makeSession(bench, user, { signedInAt: epochMs(NOW + 1) });
    assert.deepEqual(await store.reader.consoleSessions.listFor(account, user), [later, row]);
  },

  "the last request is noted once in a while": async (bench) => {
    const { store, account } = bench;
    const row = await makeSession(bench, await makeUser(bench, "ana"));
    const touch = (at: number, before: number) =>
      store.write((tx) => tx.consoleSessions.touch(account, row.tokenHash, epochMs(at), epochMs(before)));
    const seenAt = async () => (await store.reader.consoleSessions.load(account, row.tokenHash))?.lastSeenAt;
    await touch(NOW + 9, NOW - 1);
    assert.equal(await seenAt(), NOW);
    await touch(NOW + 9, NOW);
    assert.equal(await seenAt(), NOW + 9);
  },

  "of two that renew a session one does": async (bench) => {
    const { store, account } = bench;
    const row = await makeSession(bench, await makeUser(bench, "ana"));
    const [one, two] = [hashOf(), hashOf()];
    const renew = (tokenHash: string) =>
      store.write((tx) =>
        tx.consoleSessions.renew(account, row.tokenHash, {
          tokenHash,
          mfa: proofOf(account),
          enrolment: "none",
        }),
      );
    const renewed = await Promise.all([renew(one), renew(two)]);
    assert.deepEqual(renewed.toSorted(), [false, true]);
    const tokenHash = renewed[0] ? one : two;
    assert.deepEqual(await store.reader.consoleSessions.load(account, tokenHash), {
      ...row,
      tokenHash,
      mfa: proofOf(account),
    });
    assert.equal(await store.reader.consoleSessions.load(account, row.tokenHash), undefined);
  },

  "sessions end by cookie, by name, and all but one": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const rows = [];
    for (let at = 0; at < 4; at += 1) rows.push(await makeSession(bench, ana));
    const evesRow = await makeSession(bench, eve);
    const [first, second, third] = rows;
    assert.ok(first && second && third);
    const write = <T>(work: (tx: Parameters<Parameters<typeof store.write<T>>[0]>[0]) => Promise<T>) =>
      store.write(work);
    assert.equal(await write((tx) => tx.consoleSessions.end(account, first.tokenHash)), true);
    assert.equal(await write((tx) => tx.consoleSessions.end(account, first.tokenHash)), false);
    assert.equal(await write((tx) => tx.consoleSessions.endNamed(account, eve, second.sessionId)), false);
    assert.equal(await write((tx) => tx.consoleSessions.endNamed(account, ana, second.sessionId)), true);
    assert.equal(await write((tx) => tx.consoleSessions.endAll(account, ana, third.accessKeyId)), 1);
    assert.deepEqual(await store.reader.consoleSessions.listFor(account, ana), [third]);
    assert.equal(await write((tx) => tx.consoleSessions.endAll(account, ana, undefined)), 1);
    assert.deepEqual(await store.reader.consoleSessions.listFor(account, eve), [evesRow]);
  },

  "sessions, sign-ins and browsers go with their user": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const row = await makeSession(bench, user);
    const signIn = newSignIn(account, user);
    const tokenHash = hashOf();
    await store.write(async (tx) => {
      await tx.signIns.create(signIn);
      await tx.browsers.remember(browserOf(bench, user, tokenHash));
    });
    assert.equal(await store.write((tx) => tx.users.remove(account, user)), true);
    assert.equal(await store.reader.consoleSessions.load(account, row.tokenHash), undefined);
    assert.equal(await store.reader.signIns.load(account, signIn.tokenHash), undefined);
    assert.equal(await store.reader.browsers.knows(account, user, tokenHash, NOW), false);
  },

  "a half-way sign-in is taken once, and goes after so many refusals": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const [taken, tired] = [{ ...newSignIn(account, user), mfa: proofOf(account) }, newSignIn(account, user)];
    await store.write(async (tx) => {
      await tx.signIns.create(taken);
      await tx.signIns.create(tired);
    });
    assert.deepEqual(await store.reader.signIns.load(account, taken.tokenHash), taken);
    const take = () => store.write((tx) => tx.signIns.take(account, taken.tokenHash));
    assert.deepEqual((await Promise.all([take(), take(), take()])).toSorted(), [false, false, true]);
    const count = () => store.write((tx) => tx.signIns.countFailure(account, tired.tokenHash, 3));
    assert.deepEqual(
      [await count(), await count(), await count(), await count()],
      [true, true, false, false],
    );
    assert.equal(await store.reader.signIns.load(account, tired.tokenHash), undefined);
  },

  "a throttle is made by its first lock, and counts all who come at once": async (bench) => {
    const { store, account } = bench;
    const subject = `password/principal/${hashOf()}`;
    const fail = () =>
      store.write(async (tx) => {
        const row = await tx.throttles.lock(account, subject);
        await tx.throttles.save({ ...row, failures: row.failures + 1, expiresAt: epochMs(NOW + 1) });
      });
    await Promise.all(Array.from({ length: 8 }, fail));
    const row = await store.write((tx) => tx.throttles.lock(account, subject));
    assert.deepEqual(row, { ...NEW_THROTTLE, accountId: account, subject, failures: 8, expiresAt: NOW + 1 });
  },

  "a browser is known for whom it proved a factor, under its newest cookie": async (bench) => {
    const { store, account } = bench;
    const [ana, eve] = [await makeUser(bench, "ana"), await makeUser(bench, "eve")];
    const [old, fresh] = [hashOf(), hashOf()];
    const knows = (user: PrincipalId, hash: string, now = NOW) =>
      store.reader.browsers.knows(account, user, hash, now);
    await store.write((tx) => tx.browsers.remember(browserOf(bench, ana, old)));
    assert.deepEqual([await knows(ana, old), await knows(eve, old)], [true, false]);
    await store.write((tx) => tx.browsers.remember({ ...browserOf(bench, eve, fresh), formerHash: old }));
    assert.deepEqual(
      [await knows(ana, fresh), await knows(eve, fresh), await knows(ana, old)],
      [true, true, false],
    );
    assert.equal(await knows(ana, fresh, epochMs(NOW + HOUR)), false);
  },

  "of a user's browsers the one that was used longest ago is forgotten": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const hashes = [hashOf(), hashOf(), hashOf()];
    for (const [at, hash] of hashes.entries()) {
      const row = { ...browserOf(bench, user, hash), usedAt: epochMs(NOW + at), most: 2 };
      await store.write((tx) => tx.browsers.remember(row));
    }
    const known = await Promise.all(
      hashes.map((hash) => store.reader.browsers.knows(account, user, hash, NOW)),
    );
    assert.deepEqual(known, [false, true, true]);
  },

  "the set-up link is the last one, good until it ends, and claimed once": async ({ store }) => {
    const [old, link] = [hashOf(), hashOf()];
    const end = epochMs(NOW + HOUR);
    await store.write((tx) => tx.setUpLinks.put(old, end));
    await store.write((tx) => tx.setUpLinks.put(link, end));
    const holds = (hash: string, now = NOW) => store.reader.setUpLinks.holds(hash, now);
    assert.deepEqual([await holds(old), await holds(link), await holds(link, end)], [false, true, false]);
    const claim = (hash: string, now = NOW) => store.write((tx) => tx.setUpLinks.claim(hash, now));
    assert.deepEqual([await claim(old), await claim(link, end)], [false, false]);
    assert.deepEqual((await Promise.all([claim(link), claim(link)])).toSorted(), [false, true]);
  },

  "the first reminder stays the first": async ({ store, account }) => {
    const note = (at: number) => store.write((tx) => tx.mfaReminders.note(account, epochMs(at)));
    assert.equal(await store.reader.mfaReminders.load(account), undefined);
    await note(NOW);
    await note(NOW + 5);
    assert.deepEqual(await store.reader.mfaReminders.load(account), { firstAt: NOW, lastAt: NOW + 5 });
  },

  "what is over is taken away, and of throttles no more are kept than may be": async (bench) => {
    const { store, account } = bench;
    const user = await makeUser(bench, "ana");
    const [over, lives] = [
      await makeSession(bench, user, { expiresAt: NOW }),
      await makeSession(bench, user, { expiresAt: epochMs(NOW + 1) }),
    ];
    const subjects = ["a", "b", "c"].map((name) => `code/source/${name}${hashOf()}`);
    await store.write(async (tx) => {
      for (const [at, subject] of subjects.entries()) {
        const row = await tx.throttles.lock(account, subject);
        await tx.throttles.save({ ...row, failures: 1, expiresAt: epochMs(NOW + 10 * HOUR + at) });
      }
    });
    await store.signInTidying.prune(NOW, 1);
    assert.deepEqual(await store.reader.consoleSessions.listFor(account, user), [lives]);
    assert.notEqual(over.tokenHash, lives.tokenHash);
    const left = [];
    for (const subject of subjects)
      left.push((await store.write((tx) => tx.throttles.lock(account, subject))).failures);
    assert.deepEqual(left, [0, 0, 1]);
  },
};

const browserOf = ({ account }: Bench, user: PrincipalId, tokenHash: string) => ({
  accountId: account,
  principalId: user,
  tokenHash,
  formerHash: undefined,
  usedAt: NOW,
  expiresAt: epochMs(NOW + HOUR),
  most: 10,
});
