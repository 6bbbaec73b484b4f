import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { deleteGroup, type GroupDetails, type GroupPlace, loadGroup } from "../../api/groups.ts";
import { type Loaded, useAct, useLoad } from "../../parts/act.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { WhenRead } from "../../parts/when-read.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { AttachedPolicies } from "../holders/attached.tsx";
import { InlinePolicies } from "../holders/inline.tsx";
import { groupPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { EditGroup } from "./edit.tsx";
import { Members } from "./members.tsx";

export default function GroupPage() {
  const words = useGroupWords();
  const [, navigate] = useLocation();
  const { name = "" } = useParams();
  const group = useLoad(useCallback(() => loadGroup(name), [name]));
  if (group.failure?.code.startsWith("NoSuchEntity")) {
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
  return <Group key={name} name={name} group={group} />;
}

/** Whoever may not read the group still has what he may: each card says what it lacks. */
function Group({ name, group }: { readonly name: string; readonly group: Loaded<GroupDetails> }) {
  const words = useGroupWords();
  const [, navigate] = useLocation();
  const { tab = "users" } = useParams();
  const { tell } = useSession();
  const [asked, setAsked] = useState<"edit" | "delete">();
  const act = useAct();
  const { value, failure, reload } = group;
  const holder = { kind: "group", name } as const;
  const remove = async () => {
    if (!(await act.run(() => deleteGroup(name)))) return;
    navigate("/groups");
    tell(words.deleted(name));
  };
  const moved = async (now: GroupPlace) => {
    setAsked(undefined);
    if (now.name === name) await reload();
    else navigate(groupPath(now.name, tab), { replace: true });
    // what was told before belongs to the page that is left
    tell(now.name === name ? words.moved(now.name, now.path) : words.saved(now.name));
  };
  return (
    <PageTitle title={name}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setAsked("edit")}>{words.edit}</Button>
              <Button onClick={() => setAsked("delete")}>{words.delete}</Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
        <WhenRead {...group} denied={words.readDenied}>
          {(details) => <Summary group={details} />}
        </WhenRead>
        <Tabs
          activeTabId={tab}
          // a link to a tab survives a reload, and a way back leads out of the page
          onChange={({ detail }) => navigate(groupPath(name, detail.activeTabId), { replace: true })}
          tabs={[
            {
              id: "users",
              label: words.tabs.users,
              content: <Members group={name} members={value?.members} failure={failure} onChanged={reload} />,
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
        {asked === "edit" && (
          <EditGroup name={name} onClose={() => setAsked(undefined)} onDone={(now) => void moved(now)} />
        )}
        {asked === "delete" && (
          <Confirm
            title={words.deleteTitle(name)}
            verb={words.delete}
            typed={name}
            act={act}
            onConfirm={() => void remove()}
            onClose={() => setAsked(undefined)}
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
        minColumnWidth={200}
        items={[
          {
            label: words.arn,
            value: (
              <>
                <span className="id">
                  <Breaking text={arn} />
                </span>{" "}
                <CopyButton text={arn} what={words.arn} inline />
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
