import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import type { PolicyProblem } from "../../../src/model/countersign/types.ts";
import { server } from "../api/server.ts";
import { usePolicyWords } from "../words/policies.ts";
import { useLoad } from "./act.ts";
import { ServerText } from "./server-text.tsx";
import { Skeleton } from "./skeleton.tsx";

const PolicyEditor = lazy(() => import("./policy-editor.tsx"));

/** What a draft was found to be: undefined while it is looked at. */
export interface Checked {
  readonly problems: readonly PolicyProblem[] | undefined;
  readonly hasErrors: boolean;
}

/** Long enough that no request is made for each letter. */
const PAUSE_MS = 300;

/** The draft as the server's own engine finds it, a moment after the last key. */
export function useChecked(text: string, type: "identity" | "trust"): Checked {
  const [found, setFound] = useState<{ readonly of: string; readonly problems: readonly PolicyProblem[] }>();
  useEffect(() => {
    let over = false;
    const timer = setTimeout(async () => {
      // what cannot be checked can still be saved, and is refused then if it is wrong
      const { Problems } = await server.countersign
        .ValidatePolicy({ Document: text, Type: type })
        .catch(() => ({ Problems: [] }));
      if (!over) setFound({ of: text, problems: Problems });
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text, type]);
  const problems = found?.of === text ? found.problems : undefined;
  return { problems, hasErrors: problems?.some(({ Severity }) => Severity === "error") ?? false };
}

/** The editor, and under it in words what is wrong where: each leads to its place. */
export function CheckedEditor({
  text,
  onText,
  checked,
  errorText,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly checked: Checked;
  readonly errorText?: string | undefined;
}) {
  const words = usePolicyWords();
  const { value: vocabulary } = useLoad(useCallback(() => server.countersign.GetPolicyVocabulary({}), []));
  const [target, setTarget] = useState<{ readonly line: number; readonly column: number }>();
  return (
    <FormField
      stretch
      label={words.document}
      description={words.documentAbout}
      constraintText={words.editorKeys}
      errorText={errorText}
    >
      <SpaceBetween size="xs">
        <Suspense fallback={<Skeleton lines={8} />}>
          <PolicyEditor
            text={text}
            onText={onText}
            problems={checked.problems ?? NONE}
            vocabulary={vocabulary}
            label={words.document}
            wrong={errorText !== undefined}
            target={target}
          />
        </Suspense>
        <Problems
          problems={checked.problems}
          onChoose={({ Line, Column }) => setTarget({ line: Line, column: Column })}
        />
      </SpaceBetween>
    </FormField>
  );
}

const NONE: readonly PolicyProblem[] = [];

function Problems({
  problems,
  onChoose,
}: {
  readonly problems: readonly PolicyProblem[] | undefined;
  readonly onChoose: (problem: PolicyProblem) => void;
}) {
  const words = usePolicyWords();
  const count = (severity: PolicyProblem["Severity"]) =>
    problems?.filter(({ Severity }) => Severity === severity).length ?? 0;
  const [errors, warnings] = [count("error"), count("warning")];
  return (
    <div>
      <div role="status">
        {problems === undefined ? (
          <StatusIndicator type="loading">{words.checking}</StatusIndicator>
        ) : problems.length === 0 ? (
          <StatusIndicator type="success">{words.noProblems}</StatusIndicator>
        ) : (
          <StatusIndicator type={errors > 0 ? "error" : "warning"}>
            {words.problems(errors, warnings)}
          </StatusIndicator>
        )}
      </div>
      {problems !== undefined && problems.length > 0 && (
        <ul className="problems">
          {problems.map((problem) => (
            <li key={`${problem.Line}:${problem.Column}:${problem.Message}`}>
              <button type="button" className="link" onClick={() => onChoose(problem)}>
                {words.problemAt(problem.Line, problem.Column)}
              </button>
              <Box variant="span">
                {" "}
                {problem.Severity === "error" ? words.error : words.warning}:{" "}
                <ServerText>{problem.Message}</ServerText>
              </Box>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
