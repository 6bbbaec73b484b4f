import Alert from "@cloudscape-design/components/alert";
import { useWords } from "../../words/words.tsx";
import { useSignIn } from "./state.ts";

/** Why the reader is on this page, if not because he wanted to. */
export function NoticeAlert() {
  const { signIn, trouble } = useWords();
  const { notice } = useSignIn();
  if (notice === undefined) return null;
  const { type, header, text } = {
    ended: { type: "info", header: signIn.ended, text: signIn.endedText },
    expired: { type: "warning", header: signIn.expired, text: signIn.expiredText },
    "signed-out": { type: "success", header: signIn.signedOut, text: undefined },
    resynced: { type: "success", header: trouble.resynced, text: trouble.resyncedText },
  }[notice] as { type: "info" | "warning" | "success"; header: string; text: string | undefined };
  return (
    <div role="status">
      <Alert type={type} header={header}>
        {text}
      </Alert>
    </div>
  );
}
