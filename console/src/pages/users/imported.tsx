import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation } from "wouter";
import { PageLink } from "../../parts/page-link.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { useUserListWords } from "../../words/users.ts";
import { userPath } from "../paths.ts";
import type { SheetUser } from "./sheet.ts";

/** What an import has made. */
export function ImportedUsers({
  users,
  onAnother,
}: {
  readonly users: readonly SheetUser[];
  readonly onAnother: () => void;
}) {
  const words = useUserListWords();
  const [, navigate] = useLocation();
  return (
    <SpaceBetween size="l">
      <div role="status">
        <Alert type="success" header={words.imported(users.length)}>
          {words.importedText}
        </Alert>
      </div>
      <SearchableRows
        label={words.newUsers}
        header={
          <Header
            variant="h1"
            counter={`(${users.length})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={onAnother}>{words.importAnother}</Button>
                <Button variant="primary" onClick={() => navigate("/users")}>
                  {words.toList}
                </Button>
              </SpaceBetween>
            }
          >
            {words.newUsers}
          </Header>
        }
        rows={users}
        idOf={({ line }) => String(line)}
        textOf={({ user }) => user.UserName}
        empty=""
        columns={[
          {
            id: "name",
            header: words.name,
            cell: ({ user }) => <PageLink to={userPath(user.UserName)}>{user.UserName}</PageLink>,
          },
          { id: "path", header: words.path, cell: ({ user }) => user.Path ?? "/" },
          { id: "groups", header: words.groups, cell: ({ user }) => user.Groups?.join(", ") ?? "–" },
        ]}
      />
    </SpaceBetween>
  );
}
