import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useGroupWords } from "../../words/groups.ts";

const NAME = /^[\w+=,.@-]{1,128}$/;
const PATH = /^\/(?:[\x21-\x7e]{0,510}\/)?$/;

export const isNameAndPath = (name: string, path: string): boolean => NAME.test(name) && PATH.test(path);

/** What a group is called, and where it is. */
export function NameAndPath({
  name,
  path,
  tried,
  onName,
  onPath,
}: {
  readonly name: string;
  readonly path: string;
  /** What is wrong is told. */
  readonly tried: boolean;
  readonly onName: (name: string) => void;
  readonly onPath: (path: string) => void;
}) {
  const words = useGroupWords();
  return (
    <SpaceBetween size="m">
      <FormField
        label={words.name}
        constraintText={words.nameHint}
        errorText={tried && !NAME.test(name) ? words.nameWrong : undefined}
      >
        <Input
          value={name}
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => onName(detail.value)}
        />
      </FormField>
      <FormField
        label={words.path}
        constraintText={words.pathHint}
        errorText={tried && !PATH.test(path) ? words.pathWrong : undefined}
      >
        <Input
          value={path}
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => onPath(detail.value)}
        />
      </FormField>
    </SpaceBetween>
  );
}
