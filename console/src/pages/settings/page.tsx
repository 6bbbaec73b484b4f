import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { PageTitle } from "../../parts/page-title.tsx";
import { useSettingsWords } from "../../words/settings.ts";
import { AliasCard } from "./alias-card.tsx";
import { NotificationsCard, SecurityContactCard } from "./notifications-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { MfaCard, OutboundCard, QuotasCard, SessionsCard } from "./server-cards.tsx";

/** What holds for the whole account, and how the server is set. */
export default function SettingsPage() {
  const words = useSettingsWords();
  const settings = useLoad(useCallback(() => server.countersign.GetServerSettings({}), []));
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.about}>
          {words.title}
        </Header>
        <AliasCard />
        <PasswordCard />
        <SecurityContactCard />
        <div>{words.serverSetting}</div>
        <NotificationsCard settings={settings} />
        <MfaCard server={settings} />
        <SessionsCard server={settings} />
        <QuotasCard server={settings} />
        <OutboundCard server={settings} />
      </SpaceBetween>
    </PageTitle>
  );
}
