import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { createPolicy } from "../../api/policies.ts";
import { useAct } from "../../parts/act.ts";
import { CheckedEditor, useChecked } from "../../parts/checked-editor.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useWords } from "../../words/words.tsx";
import { policyPath } from "../paths.ts";
import { useSession } from "../session.ts";

/** Whoever begins with this sees where what goes, and it is sound. */
const BEGINNING = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "iam:GetUser",
      "Resource": "arn:aws:iam::*:user/\${aws:username}"
    }
  ]
}
`;

const NAME = /^[\w+=,.@-]{1,128}$/;

export default function CreatePolicyPage() {
  const words = usePolicyWords();
  const { common } = useWords();
  const { tell } = useSession();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [document, setDocument] = useState(BEGINNING);
  const [tried, setTried] = useState(false);
  const checked = useChecked(document, "identity");
  const act = useAct();
  const named = NAME.test(name);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!named || checked.hasErrors) return;
    if (!(await act.run(() => createPolicy(name, description.trim(), document)))) return;
    navigate(policyPath({ name, managedByAws: false }));
    tell(words.createdNow(name));
  };
  return (
    <PageTitle title={words.create}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Form
          header={
            <Header variant="h1" description={words.about}>
              {words.create}
            </Header>
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => navigate("/policies")}>
                {common.cancel}
              </Button>
              <Button variant="primary" loading={act.busy}>
                {words.create}
              </Button>
            </SpaceBetween>
          }
        >
          <Container>
            <SpaceBetween size="l">
              <FailureAlert failure={act.failure} />
              <FormField
                label={words.name}
                constraintText={words.nameHint}
                errorText={tried && !named ? words.nameWrong : undefined}
              >
                <Input
                  value={name}
                  autoFocus
                  autoComplete={false}
                  spellcheck={false}
                  onChange={({ detail }) => setName(detail.value)}
                />
              </FormField>
              <FormField
                label={
                  <>
                    {words.description} <i>- {common.optional}</i>
                  </>
                }
              >
                <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
              </FormField>
              <CheckedEditor
                text={document}
                onText={setDocument}
                checked={checked}
                errorText={tried && checked.hasErrors ? words.hasErrors : undefined}
              />
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </PageTitle>
  );
}
