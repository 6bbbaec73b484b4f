import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { createRole } from "../../api/roles.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { useWords } from "../../words/words.tsx";
import { rolePath } from "../paths.ts";
import { useSession } from "../session.ts";
import { DescriptionField, isDescription } from "./description-field.tsx";
import { useTrustDraft, WhoMayAssume } from "./who-may-assume.tsx";

const NAME = /^[\w+=,.@-]{1,64}$/;

export default function CreateRolePage() {
  const words = useRoleWords();
  const { common } = useWords();
  const { tell } = useSession();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tried, setTried] = useState(false);
  const trust = useTrustDraft();
  const act = useAct();
  const named = NAME.test(name);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { document } = trust;
    if (!named || !isDescription(description) || document === undefined) return;
    if (!(await act.run(() => createRole(name, description, document)))) return;
    navigate(rolePath(name));
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
              <Button variant="link" formAction="none" onClick={() => navigate("/roles")}>
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
              <FailureAlert failure={act.failure} denied={words.createDenied} />
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
              <DescriptionField text={description} onText={setDescription} />
              <WhoMayAssume draft={trust} tried={tried} />
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </PageTitle>
  );
}
