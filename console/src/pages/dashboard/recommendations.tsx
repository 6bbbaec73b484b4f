import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import { useLocation } from "wouter";
import type { Recommendation } from "../../../../src/model/countersign/types.ts";
import type { Failure } from "../../api/failure.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useDashboardWords } from "../../words/dashboard.ts";
import type { Words } from "../../words/english.ts";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";
import { worstFirst } from "./worst-first.ts";

/** Where it is done, and what the button says. */
const ACTIONS: Readonly<
  Record<
    Recommendation["Id"],
    { readonly path: string; readonly text: (words: Words["dashboard"]) => string }
  >
> = {
  "root-mfa": { path: "/mfa/assign", text: (words) => words.addMfa },
  "own-mfa": { path: "/mfa/assign", text: (words) => words.addMfa },
  "own-backup-device": { path: "/mfa/assign", text: (words) => words.addBackup },
  "root-access-keys": { path: "/me", text: (words) => words.seeKeys },
};

const ICONS = {
  error: { name: "status-negative", variant: "error" },
  warning: { name: "status-warning", variant: "warning" },
  info: { name: "status-info", variant: "link" },
} as const;

const SEVERITIES = ["error", "warning", "info"] as const;

export function Recommendations({
  recommendations,
  failure,
}: {
  readonly recommendations: readonly Recommendation[] | undefined;
  readonly failure: Failure | undefined;
}) {
  const { dashboard: words } = useWords();
  const { severity, byPolicy, toReadyMade } = useDashboardWords();
  const waiting = recommendations?.filter(({ Done }) => !Done);
  const open = waiting?.length;
  const counts = SEVERITIES.map((each) => ({
    each,
    count: waiting?.filter(({ Severity }) => Severity === each).length ?? 0,
  }));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            open === 0
              ? words.allDone
              : counts
                  .filter(({ count }) => count > 0)
                  .map(({ each, count }) => severity[each](count))
                  .join(", ")
          }
          counter={open ? `(${open})` : ""}
        >
          {words.recommendations}
        </Header>
      }
      footer={
        <>
          {byPolicy} <PageLink to="/ready-made-policies">{toReadyMade}</PageLink>
        </>
      }
    >
      <FailureAlert failure={failure} />
      {recommendations === undefined ? (
        failure === undefined && <Skeleton />
      ) : (
        <ul className="recommendations">
          {worstFirst(recommendations).map((each) => (
            <Line key={each.Id} recommendation={each} />
          ))}
        </ul>
      )}
    </Container>
  );
}

/** Without the account, which root does not name. */
function RootLink() {
  const words = useDashboardWords();
  const { SignInUrl } = useSession().context.Account;
  const link = new URL("/signin", SignInUrl).href;
  return (
    <Box>
      {words.rootLink}: <span className="id">{link}</span>{" "}
      <CopyButton text={link} what={words.rootLink} inline />
    </Box>
  );
}

function Line({
  recommendation: { Id, Done, MayAct, Severity },
}: {
  readonly recommendation: Recommendation;
}) {
  const { dashboard: words, password } = useWords();
  const [, navigate] = useLocation();
  const text = words.recommendation[Id];
  const action = ACTIONS[Id];
  const icon = Done ? ({ name: "status-positive", variant: "success" } as const) : ICONS[Severity];
  return (
    <li>
      <Icon {...icon} ariaLabel={Done ? password.met : password.notMet} />
      <div>
        <strong>{Done ? text.done : text.open}</strong>
        <Box color="text-body-secondary">{Done ? text.doneText : text.openText}</Box>
        {!Done && !MayAct && <Box>{text.notYou}</Box>}
        {!Done && !MayAct && Id.startsWith("root-") && <RootLink />}
      </div>
      {!Done && MayAct && (
        <Button variant={Severity === "error" ? "primary" : "normal"} onClick={() => navigate(action.path)}>
          {action.text(words)}
        </Button>
      )}
    </li>
  );
}
