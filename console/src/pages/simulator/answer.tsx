import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type {
  AccessExplanation,
  ConditionSaid,
  StatementSaid,
} from "../../../../src/model/countersign/types.ts";
import { Empty, Rows } from "../../parts/rows.tsx";
import { useSimulatorWords } from "../../words/simulator.ts";

export function Decision({ decision }: { readonly decision: AccessExplanation["Decision"] }) {
  const words = useSimulatorWords();
  return (
    <StatusIndicator type={decision === "allowed" ? "success" : "error"}>
      {words.decisions[decision]}
    </StatusIndicator>
  );
}

/** The decision, and under it what each statement had to do with it. */
export function Answer({ title, answer }: { readonly title: string; readonly answer: AccessExplanation }) {
  const words = useSimulatorWords();
  const rank = ({ Decided, Speaks }: StatementSaid) => (Decided ? 0 : Speaks ? 1 : 2);
  const rows = answer.Statements.toSorted((one, other) => rank(one) - rank(other));
  return (
    <Rows
      label={title}
      header={
        <Header variant="h2" description={words.statementsAbout}>
          {title}: <Decision decision={answer.Decision} />
        </Header>
      }
      rows={rows}
      idOf={({ Kind, Holder = "", Policy, Index }) => `${Kind} ${Holder} ${Policy} ${Index}`}
      empty={<Empty title={words.none} text={words.noneText} />}
      columns={[
        {
          id: "policy",
          header: words.policy,
          cell: ({ Policy, Kind, Holder }) => (
            <>
              <span className="id">{Policy}</span>
              <Box variant="small" display="block">
                {words.kinds[Kind]}
                {Holder === undefined ? "" : `, ${Holder}`}
              </Box>
            </>
          ),
        },
        { id: "statement", header: words.statement, cell: ({ Sid, Index }) => Sid ?? String(Index + 1) },
        { id: "effect", header: words.effect, cell: ({ Effect }) => Effect },
        { id: "part", header: words.part, cell: (said) => <Part said={said} /> },
      ]}
    />
  );
}

function Part({ said }: { readonly said: StatementSaid }) {
  const words = useSimulatorWords();
  if (said.Decided) return <strong>{words.decided}</strong>;
  if (said.Speaks) return words.spoke;
  const failing = said.Conditions.filter(({ Holds }) => !Holds);
  return (
    <>
      {said.KeptOutBy === undefined ? "–" : words.keptOut[said.KeptOutBy]}
      {said.KeptOutBy === "condition" && (
        <ul className="problems">
          {failing.map((condition) => (
            <li key={`${condition.Operator} ${condition.Key}`}>
              <Failing condition={condition} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Failing({ condition: { Operator, Key, Wanted, Seen } }: { readonly condition: ConditionSaid }) {
  const words = useSimulatorWords();
  const seen = Seen === undefined ? words.absent : words.seen(Seen.join(", "));
  return `${words.wants(Operator, Key, Wanted.join(", "))}; ${seen}`;
}
