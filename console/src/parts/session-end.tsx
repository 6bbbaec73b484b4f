import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useEffect, useState } from "react";
import type { ConsoleSession } from "../../../src/model/countersign/types.ts";
import { server } from "../api/server.ts";
import { useSession } from "../pages/session.ts";
import { useWords, wordsOf } from "../words/words.tsx";
import { useAct } from "./act.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { useGate } from "./gate.ts";
import { useNow } from "./now.ts";
import { tellOtherTabs } from "./other-tabs.ts";
import { noteServerTime, serverNow } from "./server-clock.ts";

/** WCAG 2.2.1 asks for twenty seconds at least. */
const WARNED = 60_000;

/** Warns before the session ends, and leads to signing in once it has. */
export function SessionEnd() {
  const { Session } = useSession().context;
  return Session === undefined ? null : <Watch session={Session} />;
}

interface End {
  readonly at: number;
  /** By the server's word, which knows of other tabs too; else the session ends no sooner than that. */
  readonly said: boolean;
}

function Watch({ session: { IdleSeconds, ExpiresAt } }: { readonly session: ConsoleSession }) {
  const now = useNow(serverNow);
  const [end, setEnd] = useState<End>(() => ({
    at: Math.min(serverNow() + IdleSeconds * 1000, ExpiresAt),
    said: false,
  }));
  const look = useLook(setEnd);
  const { renew } = useSession();
  const left = end.at - now;
  const isNear = left <= WARNED;
  const isOver = left <= 0;
  useEffect(() => {
    if (isNear || isOver) void look(isOver);
  }, [isNear, isOver, look]);
  if (!isNear || !end.said) return null;
  return (
    <Warning
      seconds={Math.max(0, Math.ceil(left / 1000))}
      isLast={end.at >= ExpiresAt}
      stay={async () => {
        await renew();
        await look(false);
      }}
    />
  );
}

/** Asks the server when the session ends, which puts nothing off, and leaves for the sign-in page if it has. */
function useLook(setEnd: (end: End) => void): (mustKnow: boolean) => Promise<void> {
  const leave = useLeave();
  return useCallback(
    async (mustKnow) => {
      try {
        const { Step, SessionEndsAt, ServerTime } = await server.signin.GetSignIn({});
        noteServerTime(ServerTime);
        if (Step !== "session" || SessionEndsAt === undefined) leave();
        else setEnd({ at: SessionEndsAt, said: true });
      } catch {
        // the sign-in page says that the server does not answer, and leads back if the session lives
        if (mustKnow) leave();
      }
    },
    [leave, setEnd],
  );
}

/** To the sign-in page, which says that the session is over and knows the way back. */
function useLeave(): () => void {
  const { refused } = useGate();
  return useCallback(
    () => void refused({ code: "NotSignedIn", message: "", requestId: undefined }),
    [refused],
  );
}

function Warning({
  seconds,
  isLast,
  stay,
}: {
  readonly seconds: number;
  /** It has lasted as long as a session may, and nothing puts its end off. */
  readonly isLast: boolean;
  readonly stay: () => Promise<void>;
}) {
  const { bar, common } = useWords();
  const words = useEndWords();
  const act = useAct();
  const leave = useLeave();
  const [unwanted, setUnwanted] = useState(false);
  const goOn = () => void act.run(stay);
  const signOut = async () => {
    if (!(await act.run(() => server.signin.SignOut({})))) return;
    tellOtherTabs();
    leave();
  };
  if (isLast && unwanted) return null;
  return (
    <Modal
      visible
      header={isLast ? words.lastTitle : words.title}
      closeAriaLabel={common.close}
      onDismiss={isLast ? () => setUnwanted(true) : goOn}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={act.busy} onClick={() => void signOut()}>
              {isLast ? words.again : bar.signOut}
            </Button>
            {isLast ? (
              <Button variant="primary" onClick={() => setUnwanted(true)}>
                {words.finish}
              </Button>
            ) : (
              <Button variant="primary" loading={act.busy} onClick={goOn}>
                {words.stay}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure} />
        <div>{isLast ? words.lastText : words.text}</div>
        {/* read when somebody goes there, not each second */}
        <div role="timer" aria-live="off" className="clock">
          <strong>{words.left(seconds)}</strong>
        </div>
      </SpaceBetween>
    </Modal>
  );
}

const english = {
  title: "Are you still there?",
  text: "Nothing was done here for a while. So that nobody else goes on in your name, you are about to be signed out.",
  lastTitle: "Your session is about to end",
  lastText:
    "However busy it is, a session lasts only so long. Finish what you are at, and sign in again: you come back to this page.",
  left: (seconds: number) => (seconds === 1 ? "1 second left" : `${seconds} seconds left`),
  stay: "Stay signed in",
  finish: "Finish here",
  again: "Sign in again",
};

const german: typeof english = {
  title: "Sind Sie noch da?",
  text: "Hier ist eine Weile nichts geschehen. Damit niemand sonst in Ihrem Namen weitermacht, werden Sie gleich abgemeldet.",
  lastTitle: "Ihre Sitzung endet gleich",
  lastText:
    "So viel auch geschieht: Eine Sitzung dauert nur eine bestimmte Zeit. Schließen Sie ab, woran Sie sind, und melden Sie sich neu an: Sie kommen auf diese Seite zurück.",
  left: (seconds) => (seconds === 1 ? "Noch 1 Sekunde" : `Noch ${seconds} Sekunden`),
  stay: "Angemeldet bleiben",
  finish: "Hier abschließen",
  again: "Neu anmelden",
};

const useEndWords = wordsOf({ en: english, de: german });
