import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import type { UserName } from "../../api/devices.ts";
import { type AccessKey, deleteKey, listKeys, MAX_KEYS, setKeyActive } from "../../api/keys.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";
import { CreateKey } from "./create-key.tsx";

/** `of`: another user, else the reader himself. */
export function Keys({ of }: { readonly of?: string }) {
  const { keys: words, common } = useWords();
  const others = useUserWords();
  const { context, tell } = useSession();
  const user = of ?? context.Principal.UserName;
  const isRoot = user === undefined;
  const { value, failure, reload } = useLoad(useCallback(() => listKeys(user), [user]));
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<AccessKey>();
  const act = useAct();

  const setActive = async ({ id }: AccessKey, active: boolean) => {
    if (!(await act.run(() => setKeyActive(user, id, active)))) return;
    tell(active ? words.activated(id) : words.deactivated(id));
    await reload();
  };
  const full = value !== undefined && value.length >= MAX_KEYS;
  return (
    <>
      <FailureAlert failure={act.failure} />
      <Rows
        label={words.title}
        header={
          <Header
            variant="h2"
            description={of !== undefined ? others.keysAbout : isRoot ? words.rootAbout : words.about}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={
              !isRoot && (
                <Button
                  disabled={full}
                  {...(full ? { disabledReason: of === undefined ? words.quota : others.keysFull } : {})}
                  onClick={() => setCreating(true)}
                >
                  {words.create}
                </Button>
              )
            }
          >
            {words.title}
          </Header>
        }
        rows={value}
        failure={failure}
        {...(of === undefined ? {} : { denied: others.mayNot.keys })}
        idOf={({ id }) => id}
        empty={
          <Empty
            title={words.empty}
            text={of !== undefined ? others.keysEmpty : isRoot ? words.rootEmptyText : words.emptyText}
          />
        }
        columns={[
          { id: "id", header: words.id, cell: ({ id }) => <span className="id">{id}</span> },
          { id: "status", header: words.status, cell: ({ active }) => <KeyStatus active={active} /> },
          { id: "created", header: words.created, cell: ({ createdAt }) => <Time at={createdAt} /> },
          { id: "used", header: words.lastUsed, cell: (key) => <LastUse accessKey={key} /> },
          {
            id: "actions",
            header: common.actions,
            cell: (key) => (
              <div className="acts">
                <Button
                  variant="inline-link"
                  ariaLabel={`${key.active ? words.deactivate : words.activate} ${key.id}`}
                  onClick={() => void setActive(key, !key.active)}
                >
                  {key.active ? words.deactivate : words.activate}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={`${words.delete} ${key.id}`}
                  onClick={() => setDeleting(key)}
                >
                  {words.delete}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {creating && (
        <CreateKey
          user={user}
          onClose={() => {
            setCreating(false);
            void reload();
          }}
        />
      )}
      {deleting !== undefined && (
        <DeleteKey
          user={user}
          accessKey={deleting}
          onClose={() => setDeleting(undefined)}
          onDone={() => {
            setDeleting(undefined);
            tell(words.deleted(deleting.id));
            void reload();
          }}
        />
      )}
    </>
  );
}

function KeyStatus({ active }: { readonly active: boolean }) {
  const { keys: words } = useWords();
  return (
    <StatusIndicator type={active ? "success" : "stopped"}>
      {active ? words.active : words.inactive}
    </StatusIndicator>
  );
}

function LastUse({ accessKey: { lastUsed } }: { readonly accessKey: AccessKey }) {
  const { keys: words } = useWords();
  if (lastUsed === undefined) return words.neverUsed;
  return (
    <>
      <Time at={lastUsed.at} /> {words.lastUsedBy(lastUsed.service)}
    </>
  );
}

function DeleteKey({
  user,
  accessKey: { id, active },
  onClose,
  onDone,
}: {
  readonly user: UserName;
  readonly accessKey: AccessKey;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { keys: words } = useWords();
  const act = useAct();
  const confirm = async () => {
    if (await act.run(() => deleteKey(user, id))) onDone();
  };
  return (
    <Confirm
      title={words.deleteTitle(id)}
      verb={words.delete}
      typed={id}
      act={act}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {active && <Alert type="warning">{words.deleteActive}</Alert>}
      <div>{words.deleteText}</div>
    </Confirm>
  );
}
