import Alert from "@cloudscape-design/components/alert";
import { useCallback } from "react";
import type { Holder } from "../../api/holders.ts";
import { ownLoss } from "../../api/ready-made.ts";
import { useLoad } from "../../parts/act.ts";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useReadyMadeWords } from "../../words/ready-made.ts";
import { useSession } from "../session.ts";
import type { ReadyMadeName } from "./ready-made-documents.ts";

/** What the policy would take from the reader himself, who may be the one that is locked out. */
export function OwnEffect({ policy, holder }: { readonly policy: ReadyMadeName; readonly holder: Holder }) {
  const words = useReadyMadeWords();
  const { context } = useSession();
  const load = useCallback(async () => ({ loss: await ownLoss(context, policy) }), [context, policy]);
  const { value, failure } = useLoad(load);
  if (failure !== undefined) {
    return (
      <Alert type="warning" header={words.unknownTitle}>
        {words.unknownText}
      </Alert>
    );
  }
  if (value === undefined) return <Skeleton lines={2} />;
  const { loss } = value;
  const own = holder.kind === "user" && holder.name === context.Principal.UserName;
  if (loss === undefined || !(own || loss.groups.includes(holder.name))) {
    return <div role="status">{words.others}</div>;
  }
  if (loss.now.length === 0) {
    return (
      <Alert type="info">
        {words.nothingLost}
        {loss.withKeys.length > 0 && (
          <>
            {" "}
            {words.lostWithKeys} <Actions names={loss.withKeys} />
          </>
        )}
      </Alert>
    );
  }
  return (
    <div role="alert">
      <Alert type="warning" header={words.lostTitle}>
        {loss.now.includes(`iam:Detach${own ? "User" : "Group"}Policy`) && <strong>{words.lockedOut}</strong>}
        <Actions names={loss.now} />
        {words.lostText}
      </Alert>
    </div>
  );
}

const Actions = ({ names }: { readonly names: readonly string[] }) => (
  <ul className="list">
    {names.map((name) => (
      <li key={name} className="id">
        {name}
      </li>
    ))}
  </ul>
);
