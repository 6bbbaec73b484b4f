import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSettingsWords } from "../../words/settings.ts";

/** The head of a card about one thing, which is set, changed and taken away. */
export function OneThingHead({
  title,
  about,
  isSet,
  onAsk,
}: {
  readonly title: string;
  readonly about: string;
  readonly isSet: boolean;
  readonly onAsk: (what: "set" | "remove") => void;
}) {
  const { set, change, remove } = useSettingsWords();
  const button = (what: "set" | "remove", verb: string) => (
    // several cards have buttons of these names
    <Button ariaLabel={`${title}: ${verb}`} onClick={() => onAsk(what)}>
      {verb}
    </Button>
  );
  return (
    <Header
      variant="h2"
      description={about}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          {isSet && button("remove", remove)}
          {button("set", isSet ? change : set)}
        </SpaceBetween>
      }
    >
      {title}
    </Header>
  );
}
