import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useLocation } from "wouter";
import { checkUsers, createUsers, type NewUserProblem } from "../../api/user-list.ts";
import { useAct } from "../../parts/act.ts";
import { download } from "../../parts/download.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { useUserListWords } from "../../words/users.ts";
import { useWords } from "../../words/words.tsx";
import { ImportPreview } from "./import-preview.tsx";
import { ImportedUsers } from "./imported.tsx";
import { EXAMPLE, readFile, type SheetProblem, type SheetUser } from "./sheet.ts";

/** How far an import has come. */
type State =
  | { readonly step: "choose" }
  | { readonly step: "unreadable"; readonly problems: readonly SheetProblem[] }
  | {
      readonly step: "checking" | "checked" | "creating" | "created";
      readonly users: readonly SheetUser[];
      readonly unread: readonly string[];
      readonly problems: readonly NewUserProblem[];
    };

export default function ImportUsersPage() {
  const words = useUserListWords();
  const { common } = useWords();
  const [, navigate] = useLocation();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [state, setState] = useState<State>({ step: "choose" });
  const act = useAct();

  const choose = async (chosen: readonly File[]) => {
    setFiles(chosen);
    act.clear();
    setState({ step: "choose" });
    const [file] = chosen;
    if (file === undefined) return;
    const reading = await readFile(file);
    if (!reading.ok) return setState({ step: "unreadable", problems: reading.problems });
    const { users, unread } = reading;
    setState({ step: "checking", users, unread, problems: [] });
    const done = await act.run(async () => {
      const problems = await checkUsers(users.map(({ user }) => user));
      setState({ step: "checked", users, unread, problems });
    });
    if (!done) setState({ step: "choose" });
  };
  const create = async () => {
    if (state.step !== "checked") return;
    setState({ ...state, step: "creating" });
    const done = await act.run(async () => {
      // what was free when it was checked may be taken by now
      const problems = await createUsers(state.users.map(({ user }) => user));
      setState({ ...state, step: problems.length === 0 ? "created" : "checked", problems });
    });
    if (!done) setState(state);
  };
  if (state.step === "created") {
    return (
      <PageTitle key="created" title={words.newUsers}>
        <ImportedUsers
          users={state.users}
          onAnother={() => {
            setFiles([]);
            setState({ step: "choose" });
          }}
        />
      </PageTitle>
    );
  }
  const ready = state.step === "creating" || (state.step === "checked" && state.problems.length === 0);
  return (
    <PageTitle title={words.import}>
      <SpaceBetween size="l">
        <Header variant="h1" description={words.importAbout}>
          {words.import}
        </Header>
        <Container>
          <SpaceBetween size="m">
            <FormField label={words.file} description={words.fileHint}>
              <FileUpload
                value={files}
                accept=".csv,text/csv"
                showFileSize
                onChange={({ detail }) => void choose(detail.value)}
              />
            </FormField>
            <Button
              variant="inline-link"
              iconName="download"
              onClick={() => download(`${words.exampleName}.csv`, "text/csv", EXAMPLE)}
            >
              {words.example}
            </Button>
          </SpaceBetween>
        </Container>
        <Progress state={state} />
        <FailureAlert failure={act.failure} denied={words.createDenied} />
        {(state.step === "checked" || state.step === "creating") && (
          <ImportPreview users={state.users} unread={state.unread} problems={state.problems} />
        )}
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="link" onClick={() => navigate("/users")}>
            {common.cancel}
          </Button>
          <Button
            variant="primary"
            disabled={!ready}
            loading={state.step === "creating"}
            onClick={() => void create()}
          >
            {ready && "users" in state ? words.createAll(state.users.length) : words.createThem}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </PageTitle>
  );
}

function Progress({ state }: { readonly state: State }) {
  const words = useUserListWords();
  switch (state.step) {
    case "checking":
      return (
        <div role="status">
          <StatusIndicator type="loading">{words.checking(state.users.length)}</StatusIndicator>
        </div>
      );
    case "creating":
      return (
        <div role="status">
          <StatusIndicator type="loading">{words.creating(state.users.length)}</StatusIndicator>
        </div>
      );
    case "unreadable":
      return <Unreadable problems={state.problems} />;
    default:
      return null;
  }
}

/** More than a reader mends at once. */
const SHOWN = 10;

function Unreadable({ problems }: { readonly problems: readonly SheetProblem[] }) {
  const words = useUserListWords();
  const textOf = (problem: SheetProblem): string => {
    const what = words.sheetProblems[problem.kind];
    return "line" in problem ? words.atLine(problem.line, what) : what;
  };
  return (
    <div role="alert">
      <Alert type="error" header={words.fileWrong}>
        <ul className="problems">
          {problems.slice(0, SHOWN).map((problem) => (
            <li key={textOf(problem)}>{textOf(problem)}</li>
          ))}
        </ul>
        {problems.length > SHOWN && <div>{words.more(problems.length - SHOWN)}</div>}
        <div>{words.mendFile}</div>
      </Alert>
    </div>
  );
}
