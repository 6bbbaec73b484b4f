import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { ServerSettings } from "../../../../src/model/countersign/server-types.ts";
import { loadSummary } from "../../api/account.ts";
import { useLoad } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useSettingsWords } from "../../words/settings.ts";

interface ServerProps {
  /** Undefined while it loads. */
  readonly settings: ServerSettings | undefined;
}

/** A card of what the server is set to. */
function ServerCard({
  title,
  about,
  settings,
  children,
}: ServerProps & {
  readonly title: string;
  readonly about?: string;
  readonly children: (value: ServerSettings) => ReactNode;
}) {
  return (
    <Container
      header={
        <Header variant="h2" description={about}>
          {title}
        </Header>
      }
    >
      {settings === undefined ? <Skeleton lines={2} /> : children(settings)}
    </Container>
  );
}

function Fact({ setting, children }: { readonly setting: string; readonly children: ReactNode }) {
  const { setBy } = useSettingsWords();
  return (
    <>
      {children}
      <Box variant="small" display="block">
        {setBy} <span className="id">{setting}</span>
      </Box>
    </>
  );
}

export function MfaCard({ settings }: ServerProps) {
  const { mfa: words, days } = useSettingsWords();
  return (
    <ServerCard title={words.title} settings={settings}>
      {({ Mfa }) => (
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={4}
            items={[
              { label: words.issuer, value: <Fact setting="issuer">{Mfa.Issuer}</Fact> },
              {
                label: words.devices,
                value: <Fact setting="quota-mfa-devices-per-user">{Mfa.DevicesPerUser}</Fact>,
              },
              {
                label: words.rootGrace,
                value: (
                  <Fact setting="root-mfa-grace-days">
                    {Mfa.RootGraceDays === 0 ? words.notAtAll : days(Mfa.RootGraceDays)}
                  </Fact>
                ),
              },
              {
                label: words.rootReminder,
                value: (
                  <Fact setting="root-mfa-reminder-days">
                    {Mfa.RootReminderDays === 0 ? words.eachTime : days(Mfa.RootReminderDays)}
                  </Fact>
                ),
              },
            ]}
          />
          <div>{words.rootDevice}</div>
          <div>
            {words.require} <PageLink to="/ready-made-policies">{words.toReadyMade}</PageLink>
          </div>
        </SpaceBetween>
      )}
    </ServerCard>
  );
}

export function SessionsCard({ settings }: ServerProps) {
  const { sessions: words, minutes } = useSettingsWords();
  return (
    <ServerCard title={words.title} about={words.about} settings={settings}>
      {({ Sessions }) => (
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: words.idle,
              value: <Fact setting="session-idle-minutes">{minutes(Sessions.IdleMinutes)}</Fact>,
            },
            {
              label: words.whole,
              value: <Fact setting="session-minutes">{minutes(Sessions.Minutes)}</Fact>,
            },
            {
              label: words.rootIdle,
              value: <Fact setting="root-session-idle-minutes">{minutes(Sessions.RootIdleMinutes)}</Fact>,
            },
            {
              label: words.rootWhole,
              value: <Fact setting="root-session-minutes">{minutes(Sessions.RootMinutes)}</Fact>,
            },
          ]}
        />
      )}
    </ServerCard>
  );
}

export function OutboundCard({ settings }: ServerProps) {
  const { outbound: words } = useSettingsWords();
  return (
    <ServerCard title={words.title} about={words.about} settings={settings}>
      {({ Outbound: { Rules } }) =>
        Rules.length === 0 ? (
          words.none
        ) : (
          <ul className="list">
            {Rules.map((rule) => (
              <li key={rule} className="id">
                {rule}
              </li>
            ))}
          </ul>
        )
      }
    </ServerCard>
  );
}

/** Quotas whose use the account's summary counts, by its names. */
const USED: Readonly<Record<string, string>> = {
  Users: "Users",
  Groups: "Groups",
  Roles: "Roles",
  Policies: "Policies",
  VirtualMfaDevices: "MFADevices",
};

export function QuotasCard({ settings }: ServerProps) {
  const { names, ...text } = useSettingsWords().quotas;
  const summary = useLoad(loadSummary);
  const nameOf = (name: string): string =>
    Object.hasOwn(names, name) ? names[name as keyof typeof names] : name;
  return (
    <SpaceBetween size="s">
      <FailureAlert failure={summary.failure} denied={text.denied} />
      <Rows
        label={text.title}
        header={
          <Header variant="h2" description={text.about}>
            {text.title}
          </Header>
        }
        rows={settings?.Quotas}
        idOf={({ Name }) => Name}
        empty={<Empty title={text.none} text={text.noneText} />}
        columns={[
          { id: "name", header: text.what, cell: ({ Name }) => nameOf(Name) },
          { id: "used", header: text.used, cell: ({ Name }) => summary.value?.[USED[Name] ?? ""] ?? "–" },
          { id: "most", header: text.most, cell: ({ Value }) => Value },
        ]}
      />
    </SpaceBetween>
  );
}
