import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useLocation } from "wouter";
import { listGroups } from "../../api/groups.ts";
import { useLoad } from "../../parts/act.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { groupPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { CreateGroup } from "./create.tsx";

export default function GroupsPage() {
  const words = useGroupWords();
  const [, navigate] = useLocation();
  const { tell } = useSession();
  const { value, failure } = useLoad(listGroups);
  const [creating, setCreating] = useState(false);
  return (
    <PageTitle title={words.title}>
      <SearchableRows
        label={words.title}
        header={
          <Header
            variant="h1"
            description={words.about}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={
              <Button variant="primary" onClick={() => setCreating(true)}>
                {words.create}
              </Button>
            }
          >
            {words.title}
          </Header>
        }
        rows={value}
        failure={failure}
        denied={words.denied}
        idOf={({ name }) => name}
        textOf={({ name, path }) => `${path}${name}`}
        empty={<Empty title={words.empty} text={words.emptyText} />}
        columns={[
          {
            id: "name",
            header: words.name,
            cell: ({ name }) => <PageLink to={groupPath(name)}>{name}</PageLink>,
          },
          { id: "path", header: words.path, cell: ({ path }) => path },
          { id: "created", header: words.created, cell: ({ createdAt }) => <Time at={createdAt} /> },
        ]}
      />
      {creating && (
        <CreateGroup
          onClose={() => setCreating(false)}
          onDone={(name) => {
            navigate(groupPath(name));
            tell(words.createdNow(name));
          }}
        />
      )}
    </PageTitle>
  );
}
