import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Dashboard } from "../../../../src/model/countersign/types.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useDashboardWords } from "../../words/dashboard.ts";
import { assignPath, userPath } from "../paths.ts";

/** Who can sign in with a password alone; whoever may not know is told so. */
export function LackingMfa({ dashboard }: { readonly dashboard: Dashboard | undefined }) {
  const words = useDashboardWords();
  const header = (
    <Header variant="h2" description={words.lackingAbout}>
      {words.lacking}
    </Header>
  );
  if (dashboard !== undefined && dashboard.LackingMfa === undefined)
    return (
      <Container header={header}>
        <Box>{words.lackingDenied}</Box>
      </Container>
    );
  return (
    <Rows
      label={words.lacking}
      header={header}
      rows={dashboard?.LackingMfa}
      idOf={({ UserName }) => UserName}
      empty={<Empty title={words.lackingNone} text="" />}
      columns={[
        {
          id: "user",
          header: words.user,
          cell: ({ UserName }) => (
            <PageLink to={userPath(UserName, "security-credentials")}>{UserName}</PageLink>
          ),
        },
        {
          id: "last",
          header: words.last,
          cell: ({ PasswordLastUsed }) =>
            PasswordLastUsed === undefined ? words.never : <Time at={PasswordLastUsed} />,
        },
        {
          id: "assign",
          header: "MFA",
          cell: ({ UserName }) => <PageLink to={assignPath(UserName)}>{words.assign(UserName)}</PageLink>,
        },
      ]}
    />
  );
}
