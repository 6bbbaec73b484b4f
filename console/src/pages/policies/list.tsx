import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { listPolicies, type PolicyRow } from "../../api/policies.ts";
import { useLoad } from "../../parts/act.ts";
import { PageLink } from "../../parts/page-link.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { Time } from "../../parts/time.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { policyPath } from "../paths.ts";

const FILTERS: Readonly<Record<string, (row: PolicyRow) => boolean>> = {
  all: () => true,
  own: ({ managedByAws }) => !managedByAws,
  aws: ({ managedByAws }) => managedByAws,
  unused: ({ attached, boundaryOf }) => attached + boundaryOf === 0,
};

type Filter = keyof ReturnType<typeof usePolicyWords>["filters"];

export default function PoliciesPage() {
  const words = usePolicyWords();
  const { nav } = useWords();
  const [, navigate] = useLocation();
  const { value, failure } = useLoad(listPolicies);
  const [filter, setFilter] = useState<Filter>("all");
  const rows = value?.filter(FILTERS[filter] ?? (() => true));
  const options = Object.entries(words.filters).map(([id, label]) => ({ value: id, label }));
  const create = <Button onClick={() => navigate("/create-policy")}>{words.create}</Button>;
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
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => navigate("/ready-made-policies")}>{nav.readyMade}</Button>
                <Button variant="primary" onClick={() => navigate("/create-policy")}>
                  {words.create}
                </Button>
              </SpaceBetween>
            }
          >
            {words.title}
          </Header>
        }
        rows={rows}
        failure={failure}
        idOf={({ arn }) => arn}
        textOf={({ name, description }) => `${name} ${description}`}
        beside={
          <Select
            ariaLabel={words.filter}
            selectedOption={options.find((option) => option.value === filter) ?? null}
            options={options}
            onChange={({ detail }) => setFilter((detail.selectedOption.value ?? "all") as Filter)}
          />
        }
        empty={
          filter === "own" ? (
            <Empty title={words.empty} text={words.emptyText} action={create} />
          ) : (
            <Empty title={words.noneOfKind} text={words.noneOfKindText} />
          )
        }
        columns={[
          {
            id: "name",
            header: words.name,
            cell: (row) => <PageLink to={policyPath(row)}>{row.name}</PageLink>,
          },
          { id: "type", header: words.type, cell: (row) => (row.managedByAws ? words.aws : words.own) },
          { id: "used", header: words.usedBy, cell: (row) => words.uses(row.attached, row.boundaryOf) },
          { id: "description", header: words.description, cell: (row) => row.description || "–" },
          { id: "updated", header: words.updated, cell: (row) => <Time at={row.updatedAt} /> },
        ]}
      />
    </PageTitle>
  );
}
