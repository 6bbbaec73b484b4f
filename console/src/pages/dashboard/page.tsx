import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { PageTitle } from "../../parts/page-title.tsx";
import { useWords } from "../../words/words.tsx";
import { AccountCard } from "./account-card.tsx";
import { Coverage } from "./coverage.tsx";
import { Recommendations } from "./recommendations.tsx";
import { SignIns } from "./sign-ins.tsx";

const loadDashboard = () => server.countersign.GetDashboard({});

export default function DashboardPage() {
  const { dashboard: words } = useWords();
  const { value, failure } = useLoad(loadDashboard);
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.about}>
          {words.title}
        </Header>
        <div className="dashboard-top">
          <Recommendations recommendations={value?.Recommendations} failure={failure} />
          <SpaceBetween size="l">
            <AccountCard />
            <Coverage users={value?.Users} withMfa={value?.UsersWithMfa} />
          </SpaceBetween>
        </div>
        <SignIns />
      </SpaceBetween>
    </PageTitle>
  );
}
