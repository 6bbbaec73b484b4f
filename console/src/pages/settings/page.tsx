import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback } from "react";
import type { ServerSettings } from "../../../../src/model/countersign/server-types.ts";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { useSettingsWords } from "../../words/settings.ts";
import { AliasCard } from "./alias-card.tsx";
import { NotificationsCard, SecurityContactCard } from "./notifications-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { MfaCard, OutboundCard, QuotasCard, SessionsCard } from "./server-cards.tsx";

/** What holds for the whole account, and how the server is set. */
export default function SettingsPage() {
  const words = useSettingsWords();
  const { value, failure } = useLoad(useCallback(() => server.countersign.GetServerSettings({}), []));
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
        {failure === undefined ? (
          <ServerCards settings={value} />
        ) : (
          <FailureAlert failure={failure} denied={words.serverDenied} />
        )}
      </SpaceBetween>
    </PageTitle>
  );
}

const ServerCards = ({ settings }: { readonly settings: ServerSettings | undefined }) => (
  <SpaceBetween size="l">
    <NotificationsCard settings={settings} />
    <MfaCard settings={settings} />
    <SessionsCard settings={settings} />
    <QuotasCard settings={settings} />
    <OutboundCard settings={settings} />
  </SpaceBetween>
);
