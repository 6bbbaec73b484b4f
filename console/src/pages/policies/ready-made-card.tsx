import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import { detachPolicy, type PolicyUse } from "../../api/policies.ts";
import { loadMade, type Made, readyMadeArn, readyMadeText } from "../../api/ready-made.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { PolicyText } from "../../parts/policy-text.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useReadyMadeWords } from "../../words/ready-made.ts";
import { entityPath, policyPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { AttachReadyMade } from "./ready-made-attach.tsx";
import { ReadyMadeChanged } from "./ready-made-changed.tsx";
import type { ReadyMadeName } from "./ready-made-documents.ts";

export function ReadyMadeCard({ name }: { readonly name: ReadyMadeName }) {
  const words = useReadyMadeWords();
  const { context, tell } = useSession();
  const text = words.policies[name];
  const arn = readyMadeArn(context.Account.AccountId, name);
  // what the account does not have is a value too
  const load = useCallback(async () => ({ made: await loadMade(arn, name) }), [arn, name]);
  const { value, failure, reload } = useLoad(load);
  const [attaching, setAttaching] = useState(false);
  const [detaching, setDetaching] = useState<PolicyUse>();
  const act = useAct();
  const detach = async () => {
    if (detaching === undefined || !(await act.run(() => detachPolicy(arn, detaching)))) return;
    setDetaching(undefined);
    tell(words.detached(text.title, detaching.name));
    await reload();
  };
  const attached = async (who: string) => {
    setAttaching(false);
    tell(words.attachedNow(text.title, who));
    await reload();
  };
  const putBack = async () => {
    tell(words.putBackNow(name));
    await reload();
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button ariaLabel={words.attachPolicy(text.title)} onClick={() => setAttaching(true)}>
              {words.attach}
            </Button>
          }
        >
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={3}
          minColumnWidth={240}
          items={[
            { label: words.changes, value: text.what },
            { label: words.whom, value: text.whom },
            { label: words.source, value: text.source },
          ]}
        />
        <FailureAlert failure={failure} denied={words.mayNotSee} />
        {value === undefined ? (
          failure === undefined && <Skeleton lines={1} />
        ) : (
          <KeyValuePairs
            columns={3}
            minColumnWidth={240}
            items={[
              { label: words.state, value: <State made={value.made} name={name} /> },
              {
                label: words.attachedTo,
                value: <Uses title={text.title} uses={value.made?.uses ?? []} onDetach={setDetaching} />,
              },
            ]}
          />
        )}
        {value?.made?.changed && (
          <ReadyMadeChanged arn={arn} name={name} made={value.made} onPutBack={() => void putBack()} />
        )}
        <ExpandableSection headerText={words.document} headerAriaLabel={words.documentOf(text.title)}>
          <PolicyText text={readyMadeText(name)} label={words.documentOf(text.title)} />
        </ExpandableSection>
      </SpaceBetween>
      {attaching && (
        <AttachReadyMade
          arn={arn}
          name={name}
          made={value?.made}
          onClose={() => setAttaching(false)}
          onAttached={(who) => void attached(who)}
        />
      )}
      {detaching !== undefined && (
        <Confirm
          title={words.detachTitle(text.title, detaching.name)}
          verb={words.detach}
          act={act}
          onConfirm={() => void detach()}
          onClose={() => setDetaching(undefined)}
        >
          {words.detachText(detaching.name)}
        </Confirm>
      )}
    </Container>
  );
}

function State({ made, name }: { readonly made: Made | undefined; readonly name: ReadyMadeName }) {
  const words = useReadyMadeWords();
  if (made === undefined) return <StatusIndicator type="stopped">{words.missing}</StatusIndicator>;
  return (
    <>
      <StatusIndicator type={made.changed ? "warning" : "success"}>
        {made.changed ? words.changed : words.same}
      </StatusIndicator>
      <div>
        <PageLink to={policyPath({ name, managedByAws: false })}>{name}</PageLink>
      </div>
    </>
  );
}

function Uses({
  title,
  uses,
  onDetach,
}: {
  readonly title: string;
  readonly uses: readonly PolicyUse[];
  readonly onDetach: (use: PolicyUse) => void;
}) {
  const words = useReadyMadeWords();
  const attached = uses.filter(({ as }) => as === "policy");
  if (attached.length === 0) return words.nobody;
  return (
    <ul className="list">
      {attached.map((use) => (
        <li key={`${use.kind} ${use.name}`}>
          {words.kinds[use.kind]} <PageLink to={entityPath(use.kind, use.name)}>{use.name}</PageLink>{" "}
          <Button
            variant="inline-link"
            ariaLabel={words.detachFrom(title, use.name)}
            onClick={() => onDetach(use)}
          >
            {words.detach}
          </Button>
        </li>
      ))}
    </ul>
  );
}
