import HelpPanel from "@cloudscape-design/components/help-panel";
import { useWords } from "../words/words.tsx";

export function MfaHelp() {
  const { mfa: words } = useWords().help;
  return (
    <HelpPanel header={<h2>{words.title}</h2>}>
      <h3>{words.why}</h3>
      <p>{words.whyText}</p>
      <h3>{words.which}</h3>
      <p>{words.whichText}</p>
      <h3>{words.backup}</h3>
      <p>{words.backupText}</p>
      <h3>{words.lost}</h3>
      <p>{words.lostText}</p>
    </HelpPanel>
  );
}

export function DashboardHelp() {
  const { dashboard: words } = useWords().help;
  return (
    <HelpPanel header={<h2>{words.title}</h2>}>
      <p>{words.text}</p>
      <h3>{words.counts}</h3>
      <p>{words.countsText}</p>
    </HelpPanel>
  );
}
