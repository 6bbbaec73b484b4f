import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { deleteUser, loadUser, type UserDetails } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Time } from "../../parts/time.tsx";
import { useUserWords } from "../../words/user.ts";
import { AttachedPolicies } from "../holders/attached.tsx";
import { Boundary } from "../holders/boundary.tsx";
import { InlinePolicies } from "../holders/inline.tsx";
import { Tags } from "../holders/tags.tsx";
import { Devices } from "../me/devices.tsx";
import { Keys } from "../me/keys.tsx";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { ConsoleAccessCard } from "./console-access.tsx";
import { UserGroups } from "./groups.tsx";
import { UserSessions } from "./sessions.tsx";

export default function UserPage() {
  const words = useUserWords();
  const [, navigate] = useLocation();
  const { name = "" } = useParams();
  const { value, failure, reload } = useLoad(useCallback(() => loadUser(name), [name]));
  if (failure?.code.startsWith("NoSuchEntity")) {
    return (
      <PageTitle title={words.notFound}>
        <Header variant="h1">{words.notFound}</Header>
        <Empty
          title={name}
          text={words.notFoundText}
          action={<Button onClick={() => navigate("/users")}>{words.toList}</Button>}
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
  return value === undefined ? <Skeleton /> : <User user={value} onChanged={reload} />;
}

function User({ user, onChanged }: { readonly user: UserDetails; readonly onChanged: () => Promise<void> }) {
  const words = useUserWords();
  const [, navigate] = useLocation();
  const { tab = "permissions" } = useParams();
  const { tell } = useSession();
  const [deleting, setDeleting] = useState(false);
  const act = useAct();
  const { name } = user;
  const holder = { kind: "user", name } as const;
  const remove = async () => {
    if (!(await act.run(() => deleteUser(name)))) return;
    navigate("/users");
    tell(words.deleted(name));
  };
  return (
    <PageTitle title={name}>
      <SpaceBetween size="l">
        <Header variant="h1" actions={<Button onClick={() => setDeleting(true)}>{words.delete}</Button>}>
          {name}
        </Header>
        <Summary user={user} />
        <Tabs
          activeTabId={tab}
          // a link to a tab survives a reload, and a way back leads out of the page
          onChange={({ detail }) => navigate(userPath(name, detail.activeTabId), { replace: true })}
          tabs={[
            {
              id: "permissions",
              label: words.tabs.permissions,
              content: (
                <SpaceBetween size="l">
                  <AttachedPolicies {...holder} />
                  <InlinePolicies {...holder} />
                  <Boundary holder={holder} arn={user.boundary} onChanged={onChanged} />
                </SpaceBetween>
              ),
            },
            { id: "groups", label: words.tabs.groups, content: <UserGroups name={name} /> },
            {
              id: "tags",
              label: words.tabs.tags,
              content: <Tags holder={holder} tags={user.tags} onChanged={onChanged} />,
            },
            {
              id: "security-credentials",
              label: words.tabs.credentials,
              content: (
                <SpaceBetween size="l">
                  <ConsoleAccessCard name={name} />
                  <Devices of={name} onChanged={() => {}} />
                  <Keys of={name} />
                  <UserSessions name={name} />
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

function Summary({ user: { arn, id, createdAt, passwordLastUsed } }: { readonly user: UserDetails }) {
  const words = useUserWords();
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
          {
            label: words.lastSignIn,
            value: passwordLastUsed === undefined ? words.never : <Time at={passwordLastUsed} />,
          },
          { label: words.created, value: <Time at={createdAt} /> },
        ]}
      />
    </Container>
  );
}
