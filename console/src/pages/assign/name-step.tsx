import Badge from "@cloudscape-design/components/badge";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import type { Failure } from "../../api/failure.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useWords } from "../../words/words.tsx";
import { isDeviceName } from "./device-name.ts";
import { type AssignableKind, KINDS } from "./kinds.ts";

export function NameStep({
  name,
  onName,
  namedAsUser,
  kind,
  onKind,
  checked,
  failure,
}: {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly namedAsUser: boolean;
  readonly kind: AssignableKind;
  readonly onKind: (kind: AssignableKind) => void;
  readonly checked: boolean;
  readonly failure: Failure | undefined;
}) {
  const { assign: words, kinds } = useWords();
  const taken = failure?.code === "EntityAlreadyExists";
  const wrong = (checked || name.length > 64 || /\s/.test(name)) && !isDeviceName(name);
  return (
    <Container header={<Header variant="h2">{words.nameTitle}</Header>}>
      <SpaceBetween size="l">
        <FailureAlert failure={taken ? undefined : failure} />
        <FormField
          label={words.name}
          description={namedAsUser ? words.nameOfUser : undefined}
          constraintText={words.nameHint}
          errorText={taken ? words.nameTaken : wrong ? words.nameWrong : undefined}
        >
          <Input
            value={name}
            autoComplete={false}
            spellcheck={false}
            disableBrowserAutocorrect
            autoFocus
            onChange={({ detail }) => onName(detail.value)}
          />
        </FormField>
        <FormField label={words.kind} stretch>
          <Tiles
            value={kind}
            columns={1}
            items={KINDS.map((each, index) => ({
              value: each,
              label: (
                <>
                  {kinds[each]} {index === 0 && <Badge color="green">{words.recommended}</Badge>}
                </>
              ),
              description: words.kindAbout[each],
            }))}
            onChange={({ detail }) => onKind(KINDS.find((each) => each === detail.value) ?? kind)}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
