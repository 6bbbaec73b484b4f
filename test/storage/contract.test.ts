import { after, before, test } from "node:test";
import { type OpenStore, openStore } from "#storage/open.ts";
import { accountCases } from "./contract/accounts.ts";
import { activityCases } from "./contract/activity.ts";
import { consoleViewCases } from "./contract/console-views.ts";
import { contactCases } from "./contract/contacts.ts";
import { credentialCases } from "./contract/credentials.ts";
import { deviceCases } from "./contract/devices.ts";
import { grantCases } from "./contract/grants.ts";
import { groupCases } from "./contract/groups.ts";
import { inlinePolicyCases } from "./contract/inline-policies.ts";
import { namedCases } from "./contract/named.ts";
import { noticeCases } from "./contract/notices.ts";
import { policyCases } from "./contract/policies.ts";
import { policyUseCases } from "./contract/policy-uses.ts";
import { rivalCases } from "./contract/rivals.ts";
import { roleCases } from "./contract/roles.ts";
import { signInCases } from "./contract/signins.ts";
import { transactionCases } from "./contract/transactions.ts";
import { userSummaryCases } from "./contract/user-summaries.ts";
import { userCases } from "./contract/users.ts";
import { onBothDatabases } from "./databases.ts";
import { makeAccount } from "./fixtures.ts";
import { type Rivals, startRivals } from "./rivals.ts";

const CASES = [
  accountCases,
  userCases,
  namedCases,
  groupCases,
  roleCases,
  policyCases,
  policyUseCases,
  inlinePolicyCases,
  grantCases,
  credentialCases,
  deviceCases,
  signInCases,
  consoleViewCases,
  activityCases,
  userSummaryCases,
  contactCases,
  noticeCases,
  transactionCases,
  rivalCases,
].flatMap((cases) => Object.entries(cases));

onBothDatabases((fresh) => {
  let store: OpenStore;
  let rivals: Rivals;
  before(async () => {
    const config = await fresh();
    store = await openStore(config);
    rivals = await startRivals(config);
  });
  after(async () => {
    await rivals.end();
    await store.close();
  });
  for (const [name, run] of CASES)
    test(name, async () => run({ store, rivals, account: await makeAccount(store) }));
});
