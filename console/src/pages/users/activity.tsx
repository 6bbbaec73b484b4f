import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import type { Activity, ActivityPage } from "../../../../src/model/countersign/activity-types.ts";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Browser } from "../../parts/browser.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useUserWords } from "../../words/user.ts";

const PAGE = 25;
const NO_PAGES: readonly ActivityPage[] = [];

/** What a user did, from the events; older ones as they are asked for. */
export function UserActivity({ name }: { readonly name: string }) {
  const words = useUserWords();
  const load = useCallback(
    () => server.countersign.ListUserActivity({ UserName: name, MaxItems: PAGE }),
    [name],
  );
  const { value: first, failure } = useLoad(load);
  const [older, setOlder] = useState(NO_PAGES);
  const act = useAct();
  const Marker = (older.at(-1) ?? first)?.Marker;
  const more = () =>
    void act.run(async () => {
      const page = await server.countersign.ListUserActivity({ UserName: name, MaxItems: PAGE, Marker });
      setOlder((before) => [...before, page]);
    });
  return (
    <SpaceBetween size="m">
      <Rows<Activity>
        label={words.lastActivity}
        header={
          <Header variant="h2" description={words.activityAbout}>
            {words.lastActivity}
          </Header>
        }
        rows={first && [first, ...older].flatMap(({ Events }) => Events)}
        failure={failure}
        denied={words.mayNot.activity}
        idOf={({ EventId }) => EventId}
        empty={<Empty title={words.activityNone} text={words.activityNoneText} />}
        columns={[
          { id: "what", header: words.what, cell: (event) => <What {...event} /> },
          { id: "when", header: words.when, cell: ({ Time: at }) => <Time at={at} /> },
          { id: "outcome", header: words.outcome, cell: (event) => <Outcome {...event} /> },
          { id: "from", header: words.from, cell: ({ SourceIp }) => <span className="id">{SourceIp}</span> },
          {
            id: "browser",
            header: words.browser,
            cell: ({ UserAgent }) => <Browser userAgent={UserAgent} />,
          },
        ]}
      />
      <FailureAlert failure={act.failure} denied={words.mayNot.activity} />
      {Marker !== undefined && (
        <Box textAlign="center">
          <Button loading={act.busy} onClick={more}>
            {words.moreActivity}
          </Button>
        </Box>
      )}
    </SpaceBetween>
  );
}

function What({ Name, Source, MfaUsed }: Activity) {
  const words = useUserWords();
  return (
    <>
      <strong>{Name}</strong> {MfaUsed === true && <Badge color="green">{words.withMfa}</Badge>}
      <Box fontSize="body-s" color="text-body-secondary">
        {Source}
      </Box>
    </>
  );
}

function Outcome({ Error: error, ReadOnly }: Activity) {
  const words = useUserWords();
  if (error !== undefined) return <StatusIndicator type="error">{error}</StatusIndicator>;
  return ReadOnly ? (
    <StatusIndicator type="info">{words.seen}</StatusIndicator>
  ) : (
    <StatusIndicator type="success">{words.done}</StatusIndicator>
  );
}
