import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { Failure } from "../api/failure.ts";
import { useWords } from "../words/words.tsx";
import { CopyButton } from "./copy-button.tsx";
import { explain } from "./explain.ts";
import { ServerText } from "./server-text.tsx";

/** Stands where the failure happened. `children`: more help, under what to do next. */
export function FailureAlert({
  failure,
  denied,
  action,
  children,
}: {
  readonly failure: Failure | undefined;
  /** What the reader may not do, where his policies are the cause. */
  readonly denied?: string | undefined;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}) {
  const words = useWords();
  if (failure === undefined) return null;
  const { what, next, quoted } = explain(words, failure);
  return (
    <div role="alert">
      <Alert type="error" header={failure.code === "AccessDenied" ? (denied ?? what) : what} action={action}>
        <SpaceBetween size="xs">
          <div>{next}</div>
          {children}
          {quoted && (
            <Box fontSize="body-s">
              {words.common.serverSays}: <ServerText quoted>{failure.message}</ServerText>
            </Box>
          )}
          {failure.requestId !== undefined && <RequestId id={failure.requestId} />}
        </SpaceBetween>
      </Alert>
    </div>
  );
}

function RequestId({ id }: { readonly id: string }) {
  const words = useWords();
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {words.common.requestId}: <code className="id">{id}</code>{" "}
      <CopyButton text={id} what={words.common.requestId} inline />
    </Box>
  );
}
