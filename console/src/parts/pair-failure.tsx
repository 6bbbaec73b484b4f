import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Failure } from "../api/failure.ts";
import { useWords } from "../words/words.tsx";
import { Clocks } from "./clocks.tsx";
import { FailureAlert } from "./failure-alert.tsx";

/** A pair's failure has its own code in IAM and shares a single code's at sign-in. */
const REFUSED = new Set(["InvalidAuthenticationCode", "InvalidCode"]);

/** What went wrong with two codes; with the usual causes and the clocks where it was the codes that were refused. */
export function PairFailure({
  failure,
  clocks = true,
}: {
  readonly failure: Failure | undefined;
  /** False where the page shows them already. */
  readonly clocks?: boolean;
}) {
  const { clock } = useWords();
  if (failure === undefined || !REFUSED.has(failure.code)) return <FailureAlert failure={failure} />;
  return (
    <FailureAlert failure={{ ...failure, code: "InvalidAuthenticationCode" }}>
      <SpaceBetween size="s">
        <div>
          <strong>{clock.title}</strong>
          <ul className="list">
            {clock.causes.map((cause) => (
              <li key={cause}>{cause}</li>
            ))}
          </ul>
        </div>
        {clocks && <Clocks />}
      </SpaceBetween>
    </FailureAlert>
  );
}
