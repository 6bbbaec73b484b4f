import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useCallback, useState } from "react";
import { useLocation, useParams } from "wouter";
import {
  deleteRole,
  loadRole,
  type RoleDetails,
  revokeRoleSessions,
  settingsOf,
  trustIn,
} from "../../api/roles.ts";
import { type Opened, open } from "../../api/unchanged.ts";
import { type Loaded, useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty } from "../../parts/rows.tsx";
import { WhenRead } from "../../parts/when-read.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { AttachedPolicies } from "../holders/attached.tsx";
import { Boundary } from "../holders/boundary.tsx";
import { InlinePolicies } from "../holders/inline.tsx";
import { Sessions } from "../holders/sessions.tsx";
import { Tags } from "../holders/tags.tsx";
import { rolePath } from "../paths.ts";
import { useSession } from "../session.ts";
import { EditRole } from "./edit.tsx";
import { RoleSummary } from "./summary.tsx";
import { TrustTab } from "./trust-tab.tsx";

export default function RolePage() {
  const words = useRoleWords();
  const [, navigate] = useLocation();
  const { name = "" } = useParams();
  const role = useLoad(useCallback(() => open((through) => loadRole(name, through)), [name]));
  if (role.failure?.code.startsWith("NoSuchEntity")) {
    return (
      <PageTitle title={words.notFound}>
        <Header variant="h1">{words.notFound}</Header>
        <Empty
          title={name}
          text={words.notFoundText}
          action={<Button onClick={() => navigate("/roles")}>{words.toList}</Button>}
        />
      </PageTitle>
    );
  }
  return <Role key={name} name={name} role={role} />;
}

/** Whoever may not read the role still has what he may: each card says what it lacks. */
function Role({ name, role }: { readonly name: string; readonly role: Loaded<Opened<RoleDetails>> }) {
  const words = useRoleWords();
  const [, navigate] = useLocation();
  const { tab = "permissions" } = useParams();
  const { tell } = useSession();
  const [asked, setAsked] = useState<"edit" | "delete">();
  const act = useAct();
  const { value, reload } = role;
  const remove = async () => {
    if (!(await act.run(() => deleteRole(name)))) return;
    navigate("/roles");
    tell(words.deleted(name));
  };
  const saved = async () => {
    setAsked(undefined);
    tell(words.saved(name));
    await reload();
  };
  return (
    <PageTitle title={name}>
      <SpaceBetween size="l">
        <Header
          variant="h1"
          description={
            value?.value.description && <span className="sentence">{value.value.description}</span>
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={value === undefined}
                {...(role.failure === undefined ? {} : { disabledReason: words.readDenied })}
                onClick={() => setAsked("edit")}
              >
                {words.edit}
              </Button>
              <Button onClick={() => setAsked("delete")}>{words.delete}</Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
        <WhenRead {...role} denied={words.readDenied}>
          {({ value: details }) => <RoleSummary role={details} />}
        </WhenRead>
        <Tabs
          activeTabId={tab}
          // a link to a tab survives a reload, and a way back leads out of the page
          onChange={({ detail }) => navigate(rolePath(name, detail.activeTabId), { replace: true })}
          tabs={tabsOf(words, name, role)}
        />
        {asked === "edit" && value !== undefined && (
          <EditRole
            name={name}
            opened={{ ...value, value: settingsOf(value.value) }}
            onClose={() => setAsked(undefined)}
            onSaved={() => void saved()}
          />
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

function tabsOf(words: ReturnType<typeof useRoleWords>, name: string, role: Loaded<Opened<RoleDetails>>) {
  const { tabs, readDenied } = words;
  const holder = { kind: "role", name } as const;
  const { reload } = role;
  return [
    {
      id: "permissions",
      label: tabs.permissions,
      content: (
        <SpaceBetween size="l">
          <AttachedPolicies {...holder} />
          <InlinePolicies {...holder} />
          <WhenRead {...role} denied={readDenied}>
            {({ value }) => <Boundary holder={holder} arn={value.boundary} onChanged={reload} />}
          </WhenRead>
        </SpaceBetween>
      ),
    },
    {
      id: "trust",
      label: tabs.trust,
      content: (
        <WhenRead {...role} denied={readDenied}>
          {(opened) => (
            <TrustTab name={name} opened={{ ...opened, value: trustIn(opened.value) }} onChanged={reload} />
          )}
        </WhenRead>
      ),
    },
    {
      id: "tags",
      label: tabs.tags,
      content: (
        <WhenRead {...role} denied={readDenied}>
          {({ value }) => <Tags holder={holder} tags={value.tags} onChanged={reload} />}
        </WhenRead>
      ),
    },
    {
      id: "sessions",
      label: tabs.sessions,
      content: (
        <Sessions
          name={name}
          words={words}
          text={words.revokeText}
          typed={name}
          revoke={revokeRoleSessions}
        />
      ),
    },
  ];
}
