import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { wordsOf } from "../words/words.tsx";

const english = {
  title: "Somebody else has changed this meanwhile",
  text: "It was changed while you were editing, so yours was not saved. Below is what it is now. Take it over and start again from it, or keep yours and save it over theirs.",
  takeTheirs: "Start from theirs",
  keepMine: "Keep mine",
};
const german: typeof english = {
  title: "Das hat inzwischen jemand anderes geändert",
  text: "Es wurde während der Bearbeitung geändert, darum wurde nichts gespeichert. Unten steht, wie es jetzt ist. Von dort neu beginnen, oder die eigene Fassung behalten und darüber speichern.",
  takeTheirs: "Von der anderen ausgehen",
  keepMine: "Meine behalten",
};
const useChangedWords = wordsOf({ en: english, de: german });

/** Where somebody else was first: `children` show what he has made of it, and the reader decides. */
export function ChangedAlert({
  title,
  onTake,
  onKeep,
  children,
}: {
  /** What was changed, in place of the plain sentence. */
  readonly title?: string;
  readonly onTake: () => void;
  readonly onKeep: () => void;
  readonly children: ReactNode;
}) {
  const words = useChangedWords();
  return (
    <div role="alert">
      <Alert type="warning" header={title ?? words.title}>
        <SpaceBetween size="s">
          <div>{words.text}</div>
          {children}
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={onTake}>
              {words.takeTheirs}
            </Button>
            <Button formAction="none" onClick={onKeep}>
              {words.keepMine}
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
    </div>
  );
}
