import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { deletePolicy, findPolicy, type PolicyRow } from "../../api/policies.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Time } from "../../parts/time.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useSession } from "../session.ts";
import { PolicyDocumentTab } from "./document.tsx";
import { PolicyUses } from "./uses.tsx";
import { PolicyVersions } from "./versions.tsx";

export default function PolicyPage({ managedByAws = false }: { readonly managedByAws?: boolean }) {
  const words = usePolicyWords();
  const [, navigate] = useLocation();
  const { name = "" } = useParams();
  const load = useCallback(async () => ({ row: await findPolicy(name, managedByAws) }), [name, managedByAws]);
  const { value, failure, reload } = useLoad(load);
  if (failure !== undefined) {
    return (
      <PageTitle title={name}>
        <Header variant="h1">{name}</Header>
        <FailureAlert failure={failure} />
      </PageTitle>
    );
  }
  if (value === undefined) return <Skeleton />;
  if (value.row === undefined) {
    return (
      <PageTitle title={words.notFound}>
        <Header variant="h1">{words.notFound}</Header>
        <Empty
          title={name}
          text={words.notFoundText}
          action={<Button onClick={() => navigate("/policies")}>{words.toList}</Button>}
        />
      </PageTitle>
    );
  }
  return <Policy row={value.row} onChanged={reload} />;
}

function Policy({ row, onChanged }: { readonly row: PolicyRow; readonly onChanged: () => Promise<void> }) {
  const words = usePolicyWords();
  const [, navigate] = useLocation();
  const { tell } = useSession();
  const [deleting, setDeleting] = useState(false);
  const act = useAct();
  const remove = async () => {
    if (!(await act.run(() => deletePolicy(row.arn)))) return;
    navigate("/policies");
    tell(words.deleted(row.name));
  };
  return (
    <PageTitle title={row.name}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description={row.description}
          actions={!row.managedByAws && <Button onClick={() => setDeleting(true)}>{words.delete}</Button>}
        >
          {row.name}
        </Header>
        <Container>
          <KeyValuePairs
            columns={4}
            minColumnWidth={200}
            items={[
              { label: words.type, value: row.managedByAws ? words.aws : words.own },
              { label: words.usedBy, value: words.uses(row.attached, row.boundaryOf) },
              { label: words.updated, value: <Time at={row.updatedAt} /> },
              {
                label: words.arn,
                value: (
                  <>
                    <span className="id">
                      <Breaking text={row.arn} />
                    </span>{" "}
                    <CopyButton text={row.arn} what={words.arn} inline />
                  </>
                ),
              },
            ]}
          />
        </Container>
        <Tabs
          tabs={[
            {
              id: "document",
              label: words.document,
              content: <PolicyDocumentTab row={row} onSaved={onChanged} />,
            },
            {
              id: "versions",
              label: words.versions,
              content: <PolicyVersions row={row} onChanged={onChanged} />,
            },
            { id: "uses", label: words.usedBy, content: <PolicyUses row={row} onChanged={onChanged} /> },
          ]}
        />
        {deleting && (
          <Confirm
            title={words.deleteTitle(row.name)}
            verb={words.delete}
            typed={row.name}
            act={act}
            onConfirm={() => void remove()}
            onClose={() => setDeleting(false)}
          >
            {words.deleteText}
          </Confirm>
        )}
      </SpaceBetween>
    </PageTitle>
  );
}
