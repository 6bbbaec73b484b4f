import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { NewUserProblem } from "../../api/user-list.ts";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { useUserListWords } from "../../words/users.ts";
import { useProblemText } from "./problem-text.ts";
import type { SheetUser } from "./sheet.ts";

/** The users that a file would make, and what is wrong beside each. */
export function ImportPreview({
  users,
  unread,
  problems,
}: {
  readonly users: readonly SheetUser[];
  readonly unread: readonly string[];
  readonly problems: readonly NewUserProblem[];
}) {
  const words = useUserListWords();
  const textOf = useProblemText();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const rows = users.map(({ line, user }, row) => ({
    line,
    user,
    wrong: problems.filter(({ Row }) => Row === row).map(textOf),
  }));
  const wrong = rows.filter((row) => row.wrong.length > 0);
  return (
    <SpaceBetween size="m">
      {unread.length > 0 && <Alert type="info">{words.unread(unread.join(", "))}</Alert>}
      <div role="status">
        {wrong.length === 0 ? (
          <StatusIndicator type="success">{words.ready(users.length)}</StatusIndicator>
        ) : (
          <Alert type="error" header={words.notReady(wrong.length)}>
            {words.mendFile}
          </Alert>
        )}
      </div>
      <SearchableRows
        label={words.preview}
        header={
          <Header variant="h2" counter={`(${users.length})`}>
            {words.preview}
          </Header>
        }
        rows={onlyWrong ? wrong : rows}
        idOf={({ line }) => String(line)}
        textOf={({ user }) => user.UserName}
        beside={
          wrong.length > 0 && (
            <Toggle checked={onlyWrong} onChange={({ detail }) => setOnlyWrong(detail.checked)}>
              {words.onlyProblems}
            </Toggle>
          )
        }
        empty={<Empty title={words.noProblem} text={words.ready(users.length)} />}
        columns={[
          { id: "name", header: words.name, cell: ({ user }) => user.UserName || "–" },
          { id: "line", header: words.line, cell: ({ line }) => line },
          {
            id: "problem",
            header: words.problem,
            cell: (row) =>
              row.wrong.length === 0 ? (
                <StatusIndicator type="success">{words.noProblem}</StatusIndicator>
              ) : (
                <Box color="text-status-error" display="inline">
                  <Icon name="status-negative" ariaLabel={words.problem} /> {row.wrong.join(" ")}
                </Box>
              ),
          },
          { id: "path", header: words.path, cell: ({ user }) => user.Path ?? "/" },
          { id: "groups", header: words.groups, cell: ({ user }) => user.Groups?.join(", ") ?? "–" },
          { id: "contact", header: words.contact, cell: ({ user }) => user.ContactAddress ?? "–" },
          {
            id: "tags",
            header: words.tags,
            cell: ({ user }) => user.Tags?.map(({ Key, Value }) => `${Key}=${Value}`).join(", ") ?? "–",
          },
        ]}
      />
    </SpaceBetween>
  );
}
