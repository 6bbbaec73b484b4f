/** Contract 9.1: whom a statement of a resource or trust policy names, and how. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { grantOf, isDenied } from "#policy/principals.ts";
import type { RequestPrincipal } from "#policy/request.ts";
import { ALICE, documentOf, FEDERATED, OTHER, OWN, ROOT, SESSION, type Written } from "./deciding.ts";

const principalsOf = (element: Pick<Written, "Principal" | "NotPrincipal">) =>
  documentOf([{ Effect: "Allow", ...element }]).statements[0]?.principals;

const ROLE = "arn:aws:iam::111122223333:role/ops/Admin";

const GRANTS: readonly (readonly [Written["Principal"], RequestPrincipal, string | undefined])[] = [
  ["*", ALICE, "everyone"],
  [{ AWS: "*" }, SESSION, "everyone"],
  [{ AWS: OWN }, ALICE, "account"],
  [{ AWS: `arn:aws:iam::${OWN}:root` }, SESSION, "account"],
  [{ AWS: `arn:aws:iam::${OWN}:root` }, ROOT, "account"],
  [{ AWS: OTHER }, ALICE, undefined],
  [{ AWS: `arn:aws:iam::${OTHER}:root` }, ALICE, undefined],
  [{ AWS: ALICE.arn }, ALICE, "directly"],
  [{ AWS: ALICE.principalId }, ALICE, "directly"],
  [{ AWS: "AIDAANOTHER000000001" }, ALICE, undefined],
  [{ AWS: `arn:aws:iam::${OWN}:user/*` }, ALICE, undefined],
  [{ AWS: ALICE.arn.toUpperCase() }, ALICE, undefined],
  [{ AWS: SESSION.arn }, SESSION, "directly"],
  [{ AWS: ROLE }, SESSION, "role"],
  [{ AWS: SESSION.principalId }, SESSION, "role"],
  [{ AWS: [ROLE, SESSION.arn] }, SESSION, "directly"],
  [{ AWS: `arn:aws:sts::${OWN}:assumed-role/Admin/day` }, SESSION, undefined],
  [{ AWS: FEDERATED.arn }, FEDERATED, "directly"],
  // a federated session is not the user who made it
  [{ AWS: FEDERATED.principalId }, FEDERATED, undefined],
  [{ AWS: OWN }, FEDERATED, "account"],
  [{ Service: "iam.amazonaws.com" }, ALICE, undefined],
  [{ Federated: "*" }, FEDERATED, undefined],
  [{ CanonicalUser: OWN }, ALICE, undefined],
  [{ Service: "x.amazonaws.com", AWS: [OTHER, OWN] }, ALICE, "account"],
  [{ AWS: [] }, ALICE, undefined],
  [undefined, ALICE, undefined],
];

for (const [element, who, expected] of GRANTS) {
  test(`Principal ${JSON.stringify(element)} names a ${who.kind}: ${expected ?? "not"}`, () => {
    const principals = element === undefined ? undefined : principalsOf({ Principal: element });
    assert.equal(grantOf(principals, who), expected);
    assert.equal(isDenied(principals, who), expected !== undefined);
  });
}

const EXCEPTIONS: readonly (readonly [
  NonNullable<Written["NotPrincipal"]>,
  RequestPrincipal,
  granted: boolean,
  denied: boolean,
])[] = [
  [{ AWS: ALICE.arn }, ALICE, false, false],
  [{ AWS: ALICE.principalId }, ALICE, false, false],
  [{ AWS: ALICE.arn }, SESSION, true, true],
  [{ AWS: OTHER }, ALICE, true, true],
  [{ AWS: "*" }, ALICE, false, false],
  // with Deny a role session is let out only where its role is listed too
  [{ AWS: SESSION.arn }, SESSION, false, true],
  [{ AWS: ROLE }, SESSION, false, true],
  [{ AWS: [ROLE, SESSION.arn] }, SESSION, false, false],
  [{ AWS: [SESSION.principalId, SESSION.arn] }, SESSION, false, false],
  [{ AWS: OWN }, ALICE, false, true],
  [{ Service: "x.amazonaws.com" }, ALICE, true, true],
];

for (const [element, who, granted, denied] of EXCEPTIONS) {
  test(`NotPrincipal ${JSON.stringify(element)} and a ${who.kind}: grants ${granted}, denies ${denied}`, () => {
    const principals = principalsOf({ NotPrincipal: element });
    assert.equal(grantOf(principals, who) === "everyone", granted);
    assert.equal(isDenied(principals, who), denied);
  });
}
