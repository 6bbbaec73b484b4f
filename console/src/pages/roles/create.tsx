import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { createRole } from "../../api/roles.ts";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { NameField } from "../../parts/name-field.tsx";
import { PageForm } from "../../parts/page-form.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { rolePath } from "../paths.ts";
import { useSession } from "../session.ts";
import { DescriptionField, isDescription } from "./description-field.tsx";
import { useTrustDraft, WhoMayAssume } from "./who-may-assume.tsx";

const NAME = /^[\w+=,.@-]{1,64}$/;

export default function CreateRolePage() {
  const words = useRoleWords();
  const { tell } = useSession();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [tried, setTried] = useState(false);
  const trust = useTrustDraft();
  const act = useAct();
  const named = NAME.test(name);

  const submit = async () => {
    setTried(true);
    const { document } = trust;
    if (!named || !isDescription(description) || document === undefined) return;
    if (!(await act.run(() => createRole(name, description, document)))) return;
    navigate(rolePath(name));
    tell(words.createdNow(name));
  };
  return (
    <PageForm title={words.create} about={words.about} to="/roles" busy={act.busy} onSend={submit}>
      <Container>
        <SpaceBetween size="l">
          <FailureAlert failure={act.failure} denied={words.createDenied} />
          <NameField
            label={words.name}
            hint={words.nameHint}
            text={name}
            wrong={tried && !named ? words.nameWrong : undefined}
            autoFocus
            onText={setName}
          />
          <DescriptionField text={description} onText={setDescription} />
          <WhoMayAssume draft={trust} tried={tried} />
        </SpaceBetween>
      </Container>
    </PageForm>
  );
}
