import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { useWords } from "../../words/words.tsx";

/** How many people have a second factor; nothing for whoever may not know. */
export function Coverage({
  users,
  withMfa,
}: {
  readonly users: number | undefined;
  readonly withMfa: number | undefined;
}) {
  const { dashboard: words } = useWords();
  if (users === undefined || withMfa === undefined) return null;
  return (
    <Container header={<Header variant="h2">{words.coverage}</Header>}>
      {users === 0 ? (
        words.noUsers
      ) : (
        <ProgressBar
          variant="standalone"
          ariaLabel={words.coverage}
          value={Math.round((100 * withMfa) / users)}
          description={words.coverageText(withMfa, users)}
        />
      )}
    </Container>
  );
}
