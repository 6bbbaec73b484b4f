import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { Route, Switch, useLocation } from "wouter";
import { server } from "../api/server.ts";
import { useLoad } from "../parts/act.ts";
import { FailureAlert } from "../parts/failure-alert.tsx";
import { GateContext } from "../parts/gate.ts";
import { signInPath } from "../parts/return-path.ts";
import { Skeleton } from "../parts/skeleton.tsx";
import { StepUp, useStepUp } from "../parts/step-up.tsx";
import type { Words } from "../words/english.ts";
import { useWords } from "../words/words.tsx";
import { DashboardHelp, MfaHelp } from "./help.tsx";
import { NotFound } from "./not-found.tsx";
import { SessionContext } from "./session.ts";
import { leaveNotice } from "./signin/state.ts";
import { TopBar } from "./top-bar.tsx";

interface Page {
  readonly content: () => ReactNode;
  readonly help: () => ReactNode;
  /** The page of the side navigation that it belongs to. */
  readonly under: string;
  /** Where it is one page behind another. */
  readonly title?: (words: Words) => string;
}

const Dashboard = lazy(() => import("./dashboard/page.tsx"));
const Me = lazy(() => import("./me/page.tsx"));
const Assign = lazy(() => import("./assign/page.tsx"));

const PAGES: Readonly<Record<string, Page>> = {
  "/": { content: () => <Dashboard />, help: () => <DashboardHelp />, under: "/" },
  "/me": { content: () => <Me />, help: () => <MfaHelp />, under: "/me" },
  "/mfa/assign": {
    content: () => <Assign />,
    help: () => <MfaHelp />,
    under: "/me",
    title: (words) => words.assign.title,
  },
};

const loadContext = () => server.countersign.GetConsoleContext({});

/** Everything behind the sign-in: the bars around a page, and what a page asks of its session. */
export default function Console() {
  const [, navigate] = useLocation();
  const stepUp = useStepUp();
  const gate = useMemo(
    () => ({
      prove: stepUp.prove,
      refused: ({ code }: { readonly code: string }) => {
        if (code !== "NotSignedIn") return false;
        leaveNotice("ended");
        navigate(signInPath(location.pathname + location.search), { replace: true });
        return true;
      },
    }),
    [stepUp.prove, navigate],
  );
  return (
    <GateContext value={gate}>
      <Session stepUp={<StepUp {...stepUp} />} />
    </GateContext>
  );
}

function Session({ stepUp }: { readonly stepUp: ReactNode }) {
  const { common } = useWords();
  const { value: context, failure, reload } = useLoad(loadContext);
  const { flashes, tell } = useFlashes();
  const session = useMemo(() => context && { context, renew: reload, tell }, [context, reload, tell]);
  if (session === undefined) {
    return (
      <Bars flashes={[]} help={null} under="">
        {failure === undefined ? (
          <Skeleton />
        ) : (
          <FailureAlert
            failure={failure}
            action={<Button onClick={() => void reload()}>{common.tryAgain}</Button>}
          />
        )}
      </Bars>
    );
  }
  return (
    <SessionContext value={session}>
      <Pages flashes={flashes} />
      {stepUp}
    </SessionContext>
  );
}

function Pages({ flashes }: { readonly flashes: FlashbarProps["items"] }) {
  const [path] = useLocation();
  const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
  return (
    <Bars
      flashes={flashes}
      help={page?.help()}
      under={page?.under ?? ""}
      breadcrumbs={page?.title && <Breadcrumbs under={page.under} title={page.title} />}
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

/** The page that it belongs to, then the page. */
function Breadcrumbs({ under, title }: { readonly under: string; readonly title: (words: Words) => string }) {
  const words = useWords();
  const [path, navigate] = useLocation();
  return (
    <BreadcrumbGroup
      items={[
        { text: words.nav.me, href: under },
        { text: title(words), href: path },
      ]}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
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
  const { common, nav } = useWords();
  const [, navigate] = useLocation();
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
        navigation={
          <SideNavigation
            activeHref={under}
            items={[
              { type: "link", text: nav.dashboard, href: "/" },
              { type: "link", text: nav.me, href: "/me" },
            ]}
            onFollow={(event) => {
              event.preventDefault();
              navigate(event.detail.href);
            }}
          />
        }
        breadcrumbs={breadcrumbs}
        content={children}
      />
    </>
  );
}

/** What was done is said for as long as nobody closes it, and no longer than the page. */
function useFlashes() {
  const { common } = useWords();
  const [path] = useLocation();
  const [told, setTold] = useState<
    readonly { id: string; text: string; type: FlashbarProps.Type; path: string }[]
  >([]);
  const count = useRef(0);
  const here = useRef(path);
  here.current = path;
  const tell = useCallback((text: string, type: FlashbarProps.Type = "success") => {
    count.current += 1;
    const id = String(count.current);
    setTold((before) => [{ id, text, type, path: here.current }, ...before].slice(0, 3));
  }, []);
  const flashes = told
    .filter((each) => each.path === path)
    .map(({ id, text, type }) => ({
      id,
      type,
      content: text,
      dismissible: true,
      dismissLabel: common.dismiss,
      onDismiss: () => setTold((before) => before.filter((each) => each.id !== id)),
    }));
  return { flashes, tell };
}
