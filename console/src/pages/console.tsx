import AppLayout from "@cloudscape-design/components/app-layout-toolbar";
import Button from "@cloudscape-design/components/button";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import {
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Route, Switch, useLocation, useRouter } from "wouter";
import type { ConsoleContext } from "../../../src/model/countersign/types.ts";
import { server } from "../api/server.ts";
import { useLoad } from "../parts/act.ts";
import { FailureAlert } from "../parts/failure-alert.tsx";
import { type Gate, GateContext, useGate } from "../parts/gate.ts";
import { isNarrow } from "../parts/media.ts";
import { useOtherTabs } from "../parts/other-tabs.ts";
import { isSignIn, keepFragment, signInPath } from "../parts/return-path.ts";
import { noteServerTime } from "../parts/server-clock.ts";
import { SessionEnd } from "../parts/session-end.tsx";
import { Skeleton } from "../parts/skeleton.tsx";
import { StepUp, useStepUp } from "../parts/step-up.tsx";
import { useWords } from "../words/words.tsx";
import { Breadcrumbs, Navigation } from "./navigation.tsx";
import { NotFound } from "./not-found.tsx";
import { useOwnNotices } from "./own-notices.tsx";
import { PAGES, pageAt } from "./pages.tsx";
import { SessionContext } from "./session.ts";
import { leaveNotice } from "./signin/state.ts";
import { TopBar } from "./top-bar.tsx";

async function loadContext(): Promise<ConsoleContext> {
  const context = await server.countersign.GetConsoleContext({});
  noteServerTime(context.ServerTime);
  return context;
}

type Navigate = ReturnType<typeof useLocation>[1];

/** Signing in leads back to where the reader is. */
function goToSignIn(navigate: Navigate): void {
  keepFragment(location);
  navigate(signInPath(location.pathname + location.search), { replace: true });
}

/** Everything behind the sign-in: the bars around a page, and what a page asks of its session. */
export default function Console() {
  const [, navigate] = useLocation();
  /** Who was signed in when this tab came here. */
  const first = useRef<string>(undefined);
  const gate = useMemo<Gate>(
    () => ({
      prove: (act) => act(),
      refused: ({ code }) => {
        if (code !== "NotSignedIn") return false;
        // of several requests the first has led away already
        if (isSignIn(location.pathname)) return true;
        // who comes for the first time has lost no session
        if (first.current !== undefined || location.pathname !== "/") leaveNotice("ended");
        goToSignIn(navigate);
        return true;
      },
    }),
    [navigate],
  );
  return (
    <GateContext value={gate}>
      <SignedIn first={first} />
    </GateContext>
  );
}

function SignedIn({ first }: { readonly first: RefObject<string | undefined> }) {
  const words = useWords();
  const { value: context, failure, reload } = useLoad(loadContext);
  useOtherTabs(useCallback(() => void reload(), [reload]));
  if (context === undefined) {
    return (
      <Bars flashes={[]} help={null} under="">
        {failure === undefined ? (
          <Skeleton />
        ) : (
          <FailureAlert
            failure={failure}
            action={<Button onClick={() => void reload()}>{words.common.tryAgain}</Button>}
          />
        )}
      </Bars>
    );
  }
  if (context.Session?.MustEnrol === true) return <ToEnrolment />;
  const { Id, UserName = words.bar.root } = context.Principal;
  first.current ??= Id;
  // nothing that was begun as somebody else goes on
  return (
    <Session
      key={Id}
      context={context}
      renew={reload}
      greeting={first.current === Id ? undefined : words.bar.nowSignedIn(UserName)}
    />
  );
}

/** Enrolling is a step of signing in. */
function ToEnrolment() {
  const [, navigate] = useLocation();
  useLayoutEffect(() => goToSignIn(navigate), [navigate]);
  return null;
}

function Session({
  context,
  renew,
  greeting,
}: {
  readonly context: ConsoleContext;
  readonly renew: () => Promise<void>;
  readonly greeting: string | undefined;
}) {
  const gate = useGate();
  const stepUp = useStepUp();
  const proving = useMemo(() => ({ ...gate, prove: stepUp.prove }), [gate, stepUp.prove]);
  const { flashes, tell } = useFlashes(greeting);
  const notices = useOwnNotices();
  const session = useMemo(() => ({ context, renew, tell }), [context, renew, tell]);
  return (
    <GateContext value={proving}>
      <SessionContext value={session}>
        <Pages flashes={[...flashes, ...notices]} />
        <StepUp {...stepUp} />
        <SessionEnd />
      </SessionContext>
    </GateContext>
  );
}

function Pages({ flashes }: { readonly flashes: FlashbarProps["items"] }) {
  const words = useWords();
  const [path] = useLocation();
  const { parser } = useRouter();
  const { page, params = {} } = pageAt(parser, path) ?? {};
  return (
    <Bars
      flashes={flashes}
      help={page?.help?.()}
      under={page?.under ?? ""}
      breadcrumbs={page?.crumb && <Breadcrumbs under={page.under} crumb={page.crumb(words, params)} />}
    >
      <Suspense fallback={<Skeleton />}>
        <Switch>
          {Object.entries(PAGES).map(([route, { content }]) => (
            <Route key={route} path={route}>
              {content}
            </Route>
          ))}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </Bars>
  );
}

function Bars({
  flashes,
  help,
  under,
  breadcrumbs,
  children,
}: {
  readonly flashes: FlashbarProps["items"];
  readonly help: ReactNode;
  readonly under: string;
  readonly breadcrumbs?: ReactNode;
  readonly children: ReactNode;
}) {
  const { common } = useWords();
  const [navigationOpen, setNavigationOpen] = useState(() => matchMedia("(min-width: 1100px)").matches);
  const [toolsOpen, setToolsOpen] = useState(false);
  return (
    <>
      <div id="top-bar">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        toolsOpen={toolsOpen}
        toolsHide={help === null || help === undefined}
        onToolsChange={({ detail }) => setToolsOpen(detail.open)}
        tools={help}
        stickyNotifications
        notifications={<Flashbar items={flashes} />}
        ariaLabels={{
          navigation: common.navigation,
          navigationToggle: common.openNavigation,
          navigationClose: common.closeNavigation,
          tools: common.help,
          toolsToggle: common.openHelp,
          toolsClose: common.closeHelp,
          notifications: common.notifications,
        }}
        navigation={<Navigation under={under} />}
        breadcrumbs={breadcrumbs}
        content={children}
      />
    </>
  );
}

interface Told {
  readonly id: string;
  readonly text: string;
  readonly type: FlashbarProps.Type;
  readonly path: string;
}

const NONE: readonly FlashbarProps.MessageDefinition[] = [];

/** What was done last is said for as long as nobody closes it, and no longer than the page. */
function useFlashes(greeting: string | undefined) {
  const { common } = useWords();
  // each page has its own: it renders again with the path
  useLocation();
  const [told, setTold] = useState<Told | undefined>(
    greeting === undefined
      ? undefined
      : { id: "greeting", text: greeting, type: "info", path: location.pathname },
  );
  const count = useRef(0);
  const tell = useCallback((text: string, type: FlashbarProps.Type = "success") => {
    count.current += 1;
    // where the reader is by now: what was done may have taken him to another page
    setTold({ id: String(count.current), text, type, path: location.pathname });
  }, []);
  const shown = told?.id;
  useEffect(() => {
    // it stays in sight by itself only where there is room; a dialog that has closed first gives the focus back
    if (shown !== undefined && isNarrow()) scrollTo(0, 0);
  }, [shown]);
  if (told?.path !== location.pathname) return { flashes: NONE, tell };
  const { id, type, text } = told;
  const flash = {
    id,
    type,
    content: text,
    dismissible: true,
    dismissLabel: common.dismiss,
    onDismiss: () => setTold(undefined),
  };
  return { flashes: [flash], tell };
}
