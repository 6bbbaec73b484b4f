import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { deleteGroup, type GroupDetails, loadGroup } from "../../api/groups.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Time } from "../../parts/time.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { AttachedPolicies } from "../holders/attached.tsx";
import { InlinePolicies } from "../holders/inline.tsx";
import { groupPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { Members } from "./members.tsx";

export default function GroupPage() {
  const words = useGroupWords();
  const [, navigate] = useLocation();
  const { name = "" } = useParams();
  const { value, failure, reload } = useLoad(useCallback(() => loadGroup(name), [name]));
  if (failure?.code.startsWith("NoSuchEntity")) {
    return (
      <PageTitle title={words.notFound}>
        <Header variant="h1">{words.notFound}</Header>
        <Empty
          title={name}
          text={words.notFoundText}
          action={<Button onClick={() => navigate("/groups")}>{words.toList}</Button>}
        />
      </PageTitle>
    );
  }
  if (failure !== undefined) {
    return (
      <PageTitle title={name}>
        <SpaceBetween size="l">
          <Header variant="h1">{name}</Header>
          <FailureAlert failure={failure} />
        </SpaceBetween>
      </PageTitle>
    );
  }
  return value === undefined ? <Skeleton /> : <Group group={value} onChanged={reload} />;
}

function Group({
  group,
  onChanged,
}: {
  readonly group: GroupDetails;
  readonly onChanged: () => Promise<void>;
}) {
  const words = useGroupWords();
  const [, navigate] = useLocation();
  const { tab = "users" } = useParams();
  const { tell } = useSession();
  const [deleting, setDeleting] = useState(false);
  const act = useAct();
  const { name } = group;
  const holder = { kind: "group", name } as const;
  const remove = async () => {
    if (!(await act.run(() => deleteGroup(name)))) return;
    navigate("/groups");
    tell(words.deleted(name));
  };
  return (
    <PageTitle title={name}>
      <SpaceBetween size="l">
        <Header variant="h1" actions={<Button onClick={() => setDeleting(true)}>{words.delete}</Button>}>
          {name}
        </Header>
        <Summary group={group} />
        <Tabs
          activeTabId={tab}
          // a link to a tab survives a reload, and a way back leads out of the page
          onChange={({ detail }) => navigate(groupPath(name, detail.activeTabId), { replace: true })}
          tabs={[
            {
              id: "users",
              label: words.tabs.users,
              content: <Members group={name} members={group.members} onChanged={onChanged} />,
            },
            {
              id: "permissions",
              label: words.tabs.permissions,
              content: (
                <SpaceBetween size="l">
                  <AttachedPolicies {...holder} />
                  <InlinePolicies {...holder} />
                </SpaceBetween>
              ),
            },
          ]}
        />
        {deleting && (
          <Confirm
            title={words.deleteTitle(name)}
            verb={words.delete}
            typed={name}
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

function Summary({ group: { arn, id, path, createdAt } }: { readonly group: GroupDetails }) {
  const words = useGroupWords();
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: words.arn,
            value: (
              <>
                <span className="id">{arn}</span> <CopyButton text={arn} what={words.arn} inline />
              </>
            ),
          },
          { label: words.id, value: <span className="id">{id}</span> },
          { label: words.path, value: path },
          { label: words.created, value: <Time at={createdAt} /> },
        ]}
      />
    </Container>
  );
}
