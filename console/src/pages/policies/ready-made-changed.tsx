import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense } from "react";
import { type Made, putBack, readyMadeText } from "../../api/ready-made.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useReadyMadeWords } from "../../words/ready-made.ts";
import type { ReadyMadeName } from "./ready-made-documents.ts";

const Difference = lazy(() => import("../../parts/difference.tsx"));

/** The account's own copy says something else: what, and the way back. */
export function ReadyMadeChanged({
  arn,
  name,
  made,
  onPutBack,
}: {
  readonly arn: string;
  readonly name: ReadyMadeName;
  readonly made: Made;
  readonly onPutBack: () => void;
}) {
  const words = useReadyMadeWords();
  const act = useAct();
  const back = async () => {
    if (await act.run(() => putBack(arn, name, made))) onPutBack();
  };
  return (
    <SpaceBetween size="s">
      <Alert
        type="warning"
        header={words.changedTitle}
        action={
          <Button loading={act.busy} onClick={() => void back()}>
            {words.putBack}
          </Button>
        }
      >
        {words.changedText}
      </Alert>
      <FailureAlert failure={act.failure} />
      <Suspense fallback={<Skeleton lines={6} />}>
        <Difference
          before={readyMadeText(name)}
          after={JSON.stringify(JSON.parse(made.opened.value.document), undefined, 2)}
          label={words.difference}
        />
      </Suspense>
    </SpaceBetween>
  );
}
