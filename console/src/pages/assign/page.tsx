import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { listDevices } from "../../api/devices.ts";
import { useLoad } from "../../parts/act.ts";
import { EndOthers } from "../../parts/end-others.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { NoSuchUser } from "../users/no-such-user.tsx";
import { AssignWizard } from "./wizard.tsx";

/** Assign MFA device: for oneself, or for the user whom the query names. */
export default function AssignPage() {
  const { context } = useSession();
  const named = new URLSearchParams(useSearch()).get("user") ?? undefined;
  const own = context.Principal.UserName;
  return named === undefined || named === own ? <AssignOwn /> : <AssignOther key={named} name={named} />;
}

/** The owner holds the device and tells two of its codes; a backup and all else is his own affair. */
function AssignOther({ name }: { readonly name: string }) {
  const words = useUserWords();
  const { tell } = useSession();
  const [, navigate] = useLocation();
  const { value: devices, failure } = useLoad(useCallback(() => listDevices(name), [name]));
  const back = userPath(name, "security-credentials");
  if (failure?.code === "NoSuchEntity") return <NoSuchUser name={name} />;
  if (devices === undefined && failure === undefined) return <Skeleton />;
  return (
    <PageTitle title={words.assignTitle(name)}>
      <SpaceBetween size="m">
        <Header variant="h1">{words.assignTitle(name)}</Header>
        <AssignWizard
          user={name}
          first={(devices?.length ?? 0) === 0}
          onCancel={() => navigate(back)}
          onDone={(device) => {
            navigate(back);
            tell(words.assignDone(name, device));
          }}
        />
      </SpaceBetween>
    </PageTitle>
  );
}

function AssignOwn() {
  const words = useWords();
  const { context } = useSession();
  const [, navigate] = useLocation();
  const user = context.Principal.UserName;
  const { value: devices, failure } = useLoad(useCallback(() => listDevices(user), [user]));
  const [done, setDone] = useState<string>();
  const [round, setRound] = useState(0);
  const isFirst = round === 0 && (devices?.length ?? 0) === 0;

  if (done !== undefined) {
    return (
      <Done
        name={done}
        isOnly={isFirst}
        onBackup={() => {
          setRound(round + 1);
          setDone(undefined);
        }}
      />
    );
  }
  // who may not list his devices may still have the right to add one
  if (devices === undefined && failure === undefined) return <Skeleton />;
  return (
    <PageTitle title={words.assign.title}>
      <AssignWizard
        key={round}
        user={user}
        first={isFirst}
        onDone={setDone}
        onCancel={() => navigate("/me")}
      />
    </PageTitle>
  );
}

function Done({
  name,
  isOnly,
  onBackup,
}: {
  readonly name: string;
  readonly isOnly: boolean;
  readonly onBackup: () => void;
}) {
  const { assign: words } = useWords();
  const [, navigate] = useLocation();
  return (
    <PageTitle title={words.doneTitle}>
      <SpaceBetween size="l">
        <Header variant="h1">{words.doneTitle}</Header>
        <div role="status">
          <Alert type="success">{words.doneText(name)}</Alert>
        </div>
        {isOnly && (
          <Container header={<Header variant="h2">{words.backupTitle}</Header>}>
            <SpaceBetween size="m">
              <Box>{words.backupText}</Box>
              <Button onClick={onBackup}>{words.backup}</Button>
            </SpaceBetween>
          </Container>
        )}
        <EndOthers />
        <Button variant="primary" onClick={() => navigate("/me")}>
          {words.done}
        </Button>
      </SpaceBetween>
    </PageTitle>
  );
}
