import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { deleteInline, type Holder, listInline } from "../../api/holders.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";
import { EditInline } from "./edit-inline.tsx";

type Asked = { readonly what: "edit" | "delete"; readonly policy: string } | { readonly what: "create" };

/** Inline policies of a user, group or role. */
export function InlinePolicies({ kind, name }: Holder) {
  const words = useHolderWords();
  const { common } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => listInline({ kind, name }), [kind, name]));
  const [asked, setAsked] = useState<Asked>();
  const act = useAct();
  const finish = async (text: string) => {
    setAsked(undefined);
    tell(text);
    await reload();
  };
  const remove = async (policy: string) => {
    if (await act.run(() => deleteInline({ kind, name }, policy))) await finish(words.deleted(policy));
  };
  return (
    <>
      <Rows
        label={words.inline}
        header={
          <Header
            variant="h2"
            description={words.inlineAbout}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={<Button onClick={() => setAsked({ what: "create" })}>{words.createInline}</Button>}
          >
            {words.inline}
          </Header>
        }
        rows={value}
        failure={failure}
        idOf={(policy) => policy}
        empty={<Empty title={words.noInline} text={words.noInlineText} />}
        columns={[
          { id: "name", header: words.policyName, cell: (policy) => <strong>{policy}</strong> },
          {
            id: "actions",
            header: common.actions,
            cell: (policy) => (
              <div className="acts">
                <Button
                  variant="inline-link"
                  ariaLabel={`${words.edit} ${policy}`}
                  onClick={() => setAsked({ what: "edit", policy })}
                >
                  {words.edit}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={`${words.delete} ${policy}`}
                  onClick={() => setAsked({ what: "delete", policy })}
                >
                  {words.delete}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {asked !== undefined && asked.what !== "delete" && (
        <EditInline
          holder={{ kind, name }}
          policy={asked.what === "edit" ? asked.policy : undefined}
          taken={value ?? []}
          onClose={() => setAsked(undefined)}
          onSaved={(policy) => void finish(words.saved(policy))}
        />
      )}
      {asked?.what === "delete" && (
        <Confirm
          title={words.deleteTitle(asked.policy)}
          verb={words.delete}
          typed={asked.policy}
          act={act}
          onConfirm={() => void remove(asked.policy)}
          onClose={() => setAsked(undefined)}
        >
          {words.deleteText}
        </Confirm>
      )}
    </>
  );
}
