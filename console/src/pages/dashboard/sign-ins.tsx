import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { Browser } from "../../parts/browser.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.tsx";

const SHOWN = 10;
const loadSignIns = async () => {
  const { SignIns } = await server.countersign.ListSignIns({ MaxItems: SHOWN });
  // two may have the same moment
  return SignIns.map((row, place) => ({ ...row, id: String(place) }));
};

export function SignIns() {
  const { dashboard: words } = useWords();
  const { value, failure } = useLoad(loadSignIns);
  return (
    <Rows
      label={words.signIns}
      header={
        <Header variant="h2" description={words.signInsAbout}>
          {words.signIns}
        </Header>
      }
      rows={value}
      failure={failure}
      idOf={({ id }) => id}
      empty={<Empty title={words.noSignIns} text={words.noSignInsText} />}
      columns={[
        { id: "time", header: words.time, cell: (row) => <Time at={row.Time} /> },
        {
          id: "outcome",
          header: words.outcome,
          cell: ({ Outcome }) =>
            Outcome === "Success" ? (
              <StatusIndicator type="success">{words.success}</StatusIndicator>
            ) : (
              <StatusIndicator type="error">{words.failure}</StatusIndicator>
            ),
        },
        {
          id: "mfa",
          header: words.mfa,
          cell: ({ MfaUsed, MfaIdentifier }) => (
            <span title={MfaIdentifier}>{MfaUsed ? words.withMfa : words.withoutMfa}</span>
          ),
        },
        { id: "from", header: words.from, cell: ({ SourceIp }) => <span className="id">{SourceIp}</span> },
        { id: "browser", header: words.browser, cell: ({ UserAgent }) => <Browser userAgent={UserAgent} /> },
      ]}
    />
  );
}
