import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useLocation } from "wouter";
import { listRoles } from "../../api/roles.ts";
import { useLoad } from "../../parts/act.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { CREATE_ROLE, rolePath } from "../paths.ts";
import { TrustedBy } from "./trusted-by.tsx";

export default function RolesPage() {
  const words = useRoleWords();
  const [, navigate] = useLocation();
  const { value, failure } = useLoad(listRoles);
  const toCreate = () => navigate(CREATE_ROLE);
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
              <Button variant="primary" onClick={toCreate}>
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
        textOf={({ name, path, description }) => `${path}${name} ${description}`}
        empty={
          <Empty
            title={words.empty}
            text={words.emptyText}
            action={<Button onClick={toCreate}>{words.create}</Button>}
          />
        }
        columns={[
          {
            id: "name",
            header: words.name,
            cell: ({ name }) => <PageLink to={rolePath(name)}>{name}</PageLink>,
          },
          { id: "trusts", header: words.trusts, cell: ({ trust }) => <TrustedBy document={trust} /> },
          {
            id: "description",
            header: words.description,
            cell: ({ description }) => description || words.noDescription,
          },
          { id: "created", header: words.created, cell: ({ createdAt }) => <Time at={createdAt} /> },
        ]}
      />
    </PageTitle>
  );
}
