import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import type { Failure } from "../../api/failure.ts";
import { removeFromGroup } from "../../api/users.ts";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { useGroupWords } from "../../words/groups.ts";
import { useWords } from "../../words/words.tsx";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { AddMember } from "./add-member.tsx";

/** The users who are in a group. */
export function Members({
  group,
  members,
  failure,
  onChanged,
}: {
  readonly group: string;
  /** Undefined where they have not been read. */
  readonly members: readonly string[] | undefined;
  readonly failure: Failure | undefined;
  readonly onChanged: () => Promise<void>;
}) {
  const words = useGroupWords();
  const { common } = useWords();
  const { tell } = useSession();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<string>();
  const act = useAct();
  const takeOut = async () => {
    if (leaving === undefined || !(await act.run(() => removeFromGroup(leaving, group)))) return;
    setLeaving(undefined);
    tell(words.removed(leaving, group));
    await onChanged();
  };
  return (
    <>
      <SearchableRows
        label={words.members}
        header={
          <Header
            variant="h2"
            description={words.membersAbout}
            counter={members === undefined ? "" : `(${members.length})`}
            actions={<Button onClick={() => setAdding(true)}>{words.addMember}</Button>}
          >
            {words.members}
          </Header>
        }
        rows={members}
        failure={failure}
        denied={words.readDenied}
        idOf={(user) => user}
        textOf={(user) => user}
        empty={<Empty title={words.noMembers} text={words.noMembersText} />}
        columns={[
          {
            id: "name",
            header: words.user,
            cell: (user) => <PageLink to={userPath(user)}>{user}</PageLink>,
          },
          {
            id: "actions",
            header: common.actions,
            cell: (user) => (
              <Button
                variant="inline-link"
                ariaLabel={`${words.remove} ${user}`}
                onClick={() => setLeaving(user)}
              >
                {words.remove}
              </Button>
            ),
          },
        ]}
      />
      {adding && (
        <AddMember
          group={group}
          without={members ?? []}
          onClose={() => setAdding(false)}
          onDone={async (user) => {
            setAdding(false);
            tell(words.added(user, group));
            await onChanged();
          }}
        />
      )}
      {leaving !== undefined && (
        <Confirm
          title={words.removeTitle(leaving, group)}
          verb={words.remove}
          act={act}
          onConfirm={() => void takeOut()}
          onClose={() => setLeaving(undefined)}
        >
          {words.removeText(leaving)}
        </Confirm>
      )}
    </>
  );
}
