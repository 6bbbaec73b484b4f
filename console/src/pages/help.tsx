import HelpPanel from "@cloudscape-design/components/help-panel";
import { Fragment } from "react";
import { useIsNarrow } from "../parts/media.ts";
import { useWords } from "../words/words.tsx";

type Part = readonly [heading: string, text: string];

export function MfaHelp() {
  const { mfa: words } = useWords().help;
  return (
    <Help
      title={words.title}
      parts={[
        [words.why, words.whyText],
        [words.which, words.whichText],
        [words.backup, words.backupText],
        [words.lost, words.lostText],
      ]}
    />
  );
}

export function DashboardHelp() {
  const { dashboard: words } = useWords().help;
  return <Help title={words.title} text={words.text} parts={[[words.counts, words.countsText]]} />;
}

function Help({
  title,
  text,
  parts,
}: {
  readonly title: string;
  readonly text?: string;
  readonly parts: readonly Part[];
}) {
  // where it covers the page, it has the only headings
  const [Title, Heading] = useIsNarrow() ? (["h1", "h2"] as const) : (["h2", "h3"] as const);
  return (
    <HelpPanel header={<Title>{title}</Title>}>
      {text !== undefined && <p>{text}</p>}
      {parts.map(([heading, what]) => (
        <Fragment key={heading}>
          <Heading>{heading}</Heading>
          <p>{what}</p>
        </Fragment>
      ))}
    </HelpPanel>
  );
}
