import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../words/words.tsx";
import { PageTitle } from "./page-title.tsx";
import { SentForm } from "./sent-form.tsx";

/** A page that is one form: it makes something, or is left. */
export function PageForm({
  title,
  about,
  verb = title,
  leave,
  to,
  busy,
  onSend,
  children,
}: {
  readonly title: string;
  readonly about: string;
  /** On the button that sends. */
  readonly verb?: string;
  /** On the one that does not. */
  readonly leave?: string;
  /** Where that leads. */
  readonly to: string;
  readonly busy: boolean;
  readonly onSend: () => unknown;
  readonly children: ReactNode;
}) {
  const { common } = useWords();
  const [, navigate] = useLocation();
  return (
    <PageTitle title={title}>
      <SentForm onSend={onSend}>
        <Form
          header={
            <Header variant="h1" description={about}>
              {title}
            </Header>
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => navigate(to)}>
                {leave ?? common.cancel}
              </Button>
              <Button variant="primary" loading={busy}>
                {verb}
              </Button>
            </SpaceBetween>
          }
        >
          {children}
        </Form>
      </SentForm>
    </PageTitle>
  );
}
