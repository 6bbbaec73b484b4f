import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { server } from "../../api/server.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useLinkToken } from "../../parts/link-token.ts";
import { PageTitle } from "../../parts/page-title.tsx";
import { useContactWords } from "../../words/contact.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

/** Where a mailed link leads. It acts by the button alone: programs that look into mail open links too. */
export default function ConfirmPage() {
  const words = useContactWords();
  const token = useLinkToken();
  return (
    <PageTitle title={words.confirmTitle}>
      <SpaceBetween size="l">
        <Header variant="h1">{words.confirmTitle}</Header>
        <Confirmation key={token} token={token} />
      </SpaceBetween>
    </PageTitle>
  );
}

function Confirmation({ token }: { readonly token: string }) {
  const words = useContactWords();
  const { bar } = useWords();
  const [, navigate] = useLocation();
  const { UserName = bar.root } = useSession().context.Principal;
  const [done, setDone] = useState(false);
  const act = useAct();
  const toMe = <Button onClick={() => navigate("/me")}>{words.toMe}</Button>;
  const confirm = async () => {
    if (!(await act.run(() => server.countersign.ConfirmContactAddress({ Token: token })))) return;
    setDone(true);
  };
  if (done) {
    return (
      <div role="status">
        <Alert type="success" header={words.confirmedTitle} action={toMe}>
          {words.confirmedText}
        </Alert>
      </div>
    );
  }
  if (token === "") {
    return (
      <Alert type="info" header={words.noTokenTitle} action={toMe}>
        {words.noTokenText}
      </Alert>
    );
  }
  if (act.failure?.code === "InvalidInput") {
    return (
      <div role="alert">
        <Alert type="error" header={words.invalidTitle} action={toMe}>
          {words.invalidText}
        </Alert>
      </div>
    );
  }
  return (
    <Container>
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure} />
        <div>{words.confirmText(UserName)}</div>
        <Button variant="primary" loading={act.busy} onClick={() => void confirm()}>
          {words.confirm}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
