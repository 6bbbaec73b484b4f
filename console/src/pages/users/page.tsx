import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import { type Opened, open } from "../../api/unchanged.ts";
import { deleteUser, loadUser, placeOf, revokeSessions, type UserDetails } from "../../api/users.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useUserWords } from "../../words/user.ts";
import { ContactCard } from "../contact/card.tsx";
import { AttachedPolicies } from "../holders/attached.tsx";
import { Boundary } from "../holders/boundary.tsx";
import { InlinePolicies } from "../holders/inline.tsx";
import { Sessions } from "../holders/sessions.tsx";
import { Tags } from "../holders/tags.tsx";
import { Devices } from "../me/devices.tsx";
import { Keys } from "../me/keys.tsx";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { UserActivity } from "./activity.tsx";
import { ConsoleAccessCard } from "./console-access.tsx";
import { UserGroups } from "./groups.tsx";
import { NoSuchUser } from "./no-such-user.tsx";
import { RenameUser } from "./rename.tsx";
import { UserSummary } from "./summary.tsx";

export default function UserPage() {
  const words = useUserWords();
  const { name = "" } = useParams();
  const { value, failure, reload } = useLoad(
    useCallback(() => open((through) => loadUser(name, through)), [name]),
  );
  if (failure?.code === "NoSuchEntity") return <NoSuchUser name={name} />;
  if (failure !== undefined) {
    return (
      <PageTitle title={name}>
        <SpaceBetween size="l">
          <Header variant="h1">{name}</Header>
          <FailureAlert failure={failure} denied={words.mayNot.user} />
        </SpaceBetween>
      </PageTitle>
    );
  }
  return value === undefined ? <Skeleton /> : <User opened={value} onChanged={reload} />;
}

function User({
  opened,
  onChanged,
}: {
  readonly opened: Opened<UserDetails>;
  readonly onChanged: () => Promise<void>;
}) {
  const words = useUserWords();
  const [, navigate] = useLocation();
  const { tab = "permissions" } = useParams();
  const { context, renew, tell } = useSession();
  const [asked, setAsked] = useState<"rename" | "delete">();
  /** How often his devices have changed. */
  const [changes, setChanges] = useState(0);
  const act = useAct();
  const user = opened.value;
  const { name } = user;
  const close = () => setAsked(undefined);
  const holder = { kind: "user", name } as const;
  const remove = async () => {
    if (!(await act.run(() => deleteUser(name)))) return;
    navigate("/users");
    tell(words.deleted(name));
  };
  const moved = async (to: string, path: string) => {
    close();
    // the page of his new name loads him; the same page does so again
    if (to === name) await onChanged();
    else navigate(userPath(to, tab), { replace: true });
    tell(to === name ? words.moved(name, path) : words.renamed(name, to));
    // it may have been the reader himself, whose name the bar has
    if (user.id === context.Principal.Id) await renew();
  };
  return (
    <PageTitle title={name}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setAsked("rename")}>{words.rename}</Button>
              <Button onClick={() => setAsked("delete")}>{words.delete}</Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
        <UserSummary user={user} changes={changes} />
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
                  <Devices of={name} onChanged={() => setChanges((before) => before + 1)} />
                  <Keys of={name} />
                  <Sessions name={name} words={words} text={words.revokeText(name)} revoke={revokeSessions} />
                  <ContactCard of={name} />
                </SpaceBetween>
              ),
            },
            { id: "activity", label: words.tabs.activity, content: <UserActivity name={name} /> },
          ]}
        />
        {asked === "rename" && (
          <RenameUser
            opened={{ ...opened, value: placeOf(user) }}
            onClose={close}
            onDone={(to, path) => void moved(to, path)}
          />
        )}
        {asked === "delete" && (
          <Confirm
            title={words.deleteTitle(name)}
            verb={words.delete}
            typed={name}
            act={act}
            onConfirm={() => void remove()}
            onClose={close}
          >
            {words.deleteText}
          </Confirm>
        )}
      </SpaceBetween>
    </PageTitle>
  );
}
