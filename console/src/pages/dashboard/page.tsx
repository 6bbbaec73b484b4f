import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { PageTitle } from "../../parts/page-title.tsx";
import { useWords } from "../../words/words.tsx";
import { AccountCard } from "./account-card.tsx";
import { AccountNotices } from "./account-notices.tsx";
import { Coverage } from "./coverage.tsx";
import { LackingMfa } from "./lacking-mfa.tsx";
import { Recommendations } from "./recommendations.tsx";
import { SignInDays } from "./sign-in-days.tsx";
import { SignIns } from "./sign-ins.tsx";

const loadDashboard = () => server.countersign.GetDashboard({});

export default function DashboardPage() {
  const { dashboard: words } = useWords();
  const { value, failure } = useLoad(loadDashboard);
  // a failure is told once, with the recommendations
  const shown = value !== undefined || failure === undefined;
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.about}>
          {words.title}
        </Header>
        <AccountNotices />
        <div className="dashboard-top">
          <SpaceBetween size="l">
            <Recommendations recommendations={value?.Recommendations} failure={failure} />
            {shown && <LackingMfa dashboard={value} />}
          </SpaceBetween>
          <SpaceBetween size="l">
            <AccountCard />
            {shown && <Coverage dashboard={value} />}
          </SpaceBetween>
        </div>
        {shown && <SignInDays dashboard={value} />}
        <SignIns />
      </SpaceBetween>
    </PageTitle>
  );
}
