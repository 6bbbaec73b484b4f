import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { detachPolicy, listUses, type PolicyRow, type PolicyUse } from "../../api/policies.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty } from "../../parts/rows.tsx";
import { SearchableRows } from "../../parts/searchable-rows.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { entityPath } from "../paths.ts";
import { useSession } from "../session.ts";

/** Who has the policy, and where it is taken from them. */
export function PolicyUses({
  row,
  onChanged,
}: {
  readonly row: PolicyRow;
  readonly onChanged: () => Promise<void>;
}) {
  const words = usePolicyWords();
  const { common } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => listUses(row.arn), [row.arn]));
  const [detaching, setDetaching] = useState<PolicyUse>();
  const act = useAct();
  const detach = async () => {
    if (detaching === undefined || !(await act.run(() => detachPolicy(row.arn, detaching)))) return;
    setDetaching(undefined);
    tell(words.detached(detaching.name));
    await Promise.all([reload(), onChanged()]);
  };
  return (
    <>
      <SearchableRows
        label={words.usedBy}
        header={
          <Header variant="h2" description={words.usedByAbout} counter={`(${value?.length ?? 0})`}>
            {words.usedBy}
          </Header>
        }
        rows={value}
        failure={failure}
        idOf={({ kind, name, as }) => `${as} ${kind} ${name}`}
        textOf={({ name }) => name}
        empty={<Empty title={words.nobody} text={words.nobodyText} />}
        columns={[
          {
            id: "who",
            header: words.who,
            cell: ({ kind, name }) => <PageLink to={entityPath(kind, name)}>{name}</PageLink>,
          },
          { id: "kind", header: words.kind, cell: ({ kind }) => words.kinds[kind] },
          {
            id: "as",
            header: words.as,
            cell: ({ as }) => (as === "policy" ? words.asPolicy : words.asBoundary),
          },
          {
            id: "actions",
            header: common.actions,
            cell: (use) =>
              use.as === "boundary" ? (
                "–"
              ) : (
                <Button
                  variant="inline-link"
                  ariaLabel={`${words.detach} ${use.name}`}
                  onClick={() => setDetaching(use)}
                >
                  {words.detach}
                </Button>
              ),
          },
        ]}
      />
      {detaching !== undefined && (
        <Confirm
          title={words.detachTitle(detaching.name)}
          verb={words.detach}
          act={act}
          onConfirm={() => void detach()}
          onClose={() => setDetaching(undefined)}
        >
          {words.detachText(detaching.name)}
        </Confirm>
      )}
    </>
  );
}
