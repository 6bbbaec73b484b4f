import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { type AttachedPolicy, attach, detach, type Holder, listAttached } from "../../api/holders.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { policyPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { ChoosePolicy } from "./choose-policy.tsx";

const isAws = (arn: string): boolean => arn.startsWith("arn:aws:iam::aws:");

/** Managed policies of a user, group or role. */
export function AttachedPolicies({ kind, name }: Holder) {
  const words = useHolderWords();
  const { own, aws, type } = usePolicyWords();
  const { common } = useWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => listAttached({ kind, name }), [kind, name]));
  const [choosing, setChoosing] = useState(false);
  const [detaching, setDetaching] = useState<AttachedPolicy>();
  const act = useAct();
  const take = async () => {
    if (detaching === undefined || !(await act.run(() => detach({ kind, name }, detaching.arn)))) return;
    setDetaching(undefined);
    tell(words.detached(detaching.name, name));
    await reload();
  };
  return (
    <>
      <Rows
        label={words.attached}
        header={
          <Header
            variant="h2"
            description={words.attachedAbout}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={<Button onClick={() => setChoosing(true)}>{words.attach}</Button>}
          >
            {words.attached}
          </Header>
        }
        rows={value}
        failure={failure}
        idOf={({ arn }) => arn}
        empty={<Empty title={words.noneAttached} text={words.noneAttachedText} />}
        columns={[
          {
            id: "name",
            header: words.policyName,
            cell: (policy) => (
              <PageLink to={policyPath({ name: policy.name, managedByAws: isAws(policy.arn) })}>
                {policy.name}
              </PageLink>
            ),
          },
          { id: "type", header: type, cell: ({ arn }) => (isAws(arn) ? aws : own) },
          {
            id: "actions",
            header: common.actions,
            cell: (policy) => (
              <Button
                variant="inline-link"
                ariaLabel={`${words.detach} ${policy.name}`}
                onClick={() => setDetaching(policy)}
              >
                {words.detach}
              </Button>
            ),
          },
        ]}
      />
      {choosing && (
        <ChoosePolicy
          title={words.attachTitle(name)}
          verb={words.attach}
          without={value?.map(({ arn }) => arn) ?? []}
          onClose={() => setChoosing(false)}
          onChoose={async (policy) => {
            await attach({ kind, name }, policy.arn);
            setChoosing(false);
            tell(words.attachedNow(policy.name, name));
            await reload();
          }}
        />
      )}
      {detaching !== undefined && (
        <Confirm
          title={words.detachTitle(detaching.name, name)}
          verb={words.detach}
          act={act}
          onConfirm={() => void take()}
          onClose={() => setDetaching(undefined)}
        >
          {words.detachText(name)}
        </Confirm>
      )}
    </>
  );
}
