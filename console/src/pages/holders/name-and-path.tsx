import SpaceBetween from "@cloudscape-design/components/space-between";
import { NameField } from "../../parts/name-field.tsx";

const PATH = /^\/(?:[\x21-\x7e]{0,510}\/)?$/;

const isName = (name: string, longest: number): boolean =>
  /^[\w+=,.@-]+$/.test(name) && name.length <= longest;

/** `longest` is how many characters the name of such a thing may have. */
export const isNameAndPath = (name: string, path: string, longest: number): boolean =>
  isName(name, longest) && PATH.test(path);

interface PlaceWords {
  readonly nameHint: string;
  readonly nameWrong: string;
  readonly path: string;
  readonly pathHint: string;
  readonly pathWrong: string;
}

/** What a user or group is called, and where it is. */
export function NameAndPath({
  label,
  words,
  longest,
  name,
  path,
  tried,
  onName,
  onPath,
}: {
  /** Of the name. */
  readonly label: string;
  readonly words: PlaceWords;
  readonly longest: number;
  readonly name: string;
  readonly path: string;
  /** What is wrong is told. */
  readonly tried: boolean;
  readonly onName: (name: string) => void;
  readonly onPath: (path: string) => void;
}) {
  return (
    <SpaceBetween size="m">
      <NameField
        label={label}
        hint={words.nameHint}
        text={name}
        wrong={tried && !isName(name, longest) ? words.nameWrong : undefined}
        onText={onName}
      />
      <NameField
        label={words.path}
        hint={words.pathHint}
        text={path}
        wrong={tried && !PATH.test(path) ? words.pathWrong : undefined}
        onText={onPath}
      />
    </SpaceBetween>
  );
}
