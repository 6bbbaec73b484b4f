import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type Holder, setBoundary } from "../../api/holders.ts";
import { useAct } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { useHolderWords } from "../../words/holders.ts";
import { policyPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { ChoosePolicy } from "./choose-policy.tsx";

/** The permissions boundary of a user or role. */
export function Boundary({
  holder,
  arn,
  onChanged,
}: {
  readonly holder: Holder;
  /** Undefined where there is none. */
  readonly arn: string | undefined;
  readonly onChanged: () => Promise<void>;
}) {
  const words = useHolderWords();
  const { tell } = useSession();
  const [asked, setAsked] = useState<"set" | "remove">();
  const act = useAct();
  const finish = async (text: string) => {
    setAsked(undefined);
    tell(text);
    await onChanged();
  };
  const remove = async () => {
    if (await act.run(() => setBoundary(holder, undefined))) await finish(words.boundaryRemoved(holder.name));
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.boundaryAbout}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {arn !== undefined && (
                <Button onClick={() => setAsked("remove")}>{words.removeBoundary}</Button>
              )}
              <Button onClick={() => setAsked("set")}>{words.setBoundary}</Button>
            </SpaceBetween>
          }
        >
          {words.boundary}
        </Header>
      }
    >
      {arn === undefined ? words.noBoundary : <PolicyArn arn={arn} />}
      {asked === "set" && (
        <ChoosePolicy
          title={words.setBoundaryTitle(holder.name)}
          verb={words.setBoundary}
          without={arn === undefined ? [] : [arn]}
          onClose={() => setAsked(undefined)}
          onChoose={async (policy) => {
            await setBoundary(holder, policy.arn);
            await finish(words.boundarySet(holder.name));
          }}
        />
      )}
      {asked === "remove" && (
        <Confirm
          title={words.removeBoundaryTitle(holder.name)}
          verb={words.removeBoundary}
          act={act}
          onConfirm={() => void remove()}
          onClose={() => setAsked(undefined)}
        >
          {words.removeBoundaryText(holder.name)}
        </Confirm>
      )}
    </Container>
  );
}

function PolicyArn({ arn }: { readonly arn: string }) {
  const name = arn.split("/").at(-1) ?? arn;
  return (
    <PageLink to={policyPath({ name, managedByAws: arn.startsWith("arn:aws:iam::aws:") })}>{name}</PageLink>
  );
}
