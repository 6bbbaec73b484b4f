import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { createPolicy } from "../../api/policies.ts";
import { useAct } from "../../parts/act.ts";
import { CheckedEditor, useChecked } from "../../parts/checked-editor.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { PageForm } from "../../parts/page-form.tsx";
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

  const submit = async () => {
    setTried(true);
    if (!named || checked.hasErrors) return;
    if (!(await act.run(() => createPolicy(name, description.trim(), document)))) return;
    navigate(policyPath({ name, managedByAws: false }));
    tell(words.createdNow(name));
  };
  return (
    <PageForm title={words.create} about={words.about} to="/policies" busy={act.busy} onSend={submit}>
      <Container>
        <SpaceBetween size="l">
          <FailureAlert failure={act.failure} />
          <NameField
            label={words.name}
            hint={words.nameHint}
            text={name}
            wrong={tried && !named ? words.nameWrong : undefined}
            autoFocus
            onText={setName}
          />
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
    </PageForm>
  );
}
