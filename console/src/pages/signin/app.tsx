import Button from "@cloudscape-design/components/button";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { Redirect, useLocation, useSearch } from "wouter";
import type { SignIn, SignInStep } from "../../../../src/model/signin/types.ts";
import { type Failure, failureOf } from "../../api/failure.ts";
import { server } from "../../api/server.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { type Gate, GateContext } from "../../parts/gate.ts";
import { tellOtherTabs, useOtherTabs } from "../../parts/other-tabs.ts";
import { returnPath, withFragment } from "../../parts/return-path.ts";
import { useWords } from "../../words/words.tsx";
import { FactorPage } from "./factor-page.tsx";
import { Frame } from "./frame.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { forgetNotice, leftNotice, type Notice, SignInContext } from "./state.ts";

const EnrolPage = lazy(() => import("./enrol-page.tsx"));
const PasswordPage = lazy(() => import("./password-page.tsx"));
const TroublePage = lazy(() => import("./trouble-page.tsx"));
const SetUpPage = lazy(() => import("./set-up-page.tsx"));

/** The pages a step may be at, its own first. Behind `session` there are none: the console is. */
const PAGES: Readonly<Record<Exclude<SignInStep, "session">, Readonly<Record<string, () => ReactNode>>>> = {
  password: { "/signin": () => <SignInPage /> },
  factor: { "/signin/mfa": () => <FactorPage />, "/signin/trouble": () => <TroublePage /> },
  "change-password": { "/signin/password": () => <PasswordPage /> },
  enrol: { "/signin/enrol": () => <EnrolPage /> },
};

export default function SignInApp() {
  const [path] = useLocation();
  const search = useSearch();
  const [signIn, setSignIn] = useState<SignIn>();
  const [notice, setNotice] = useState(leftNotice);
  const [failure, setFailure] = useState<Failure>();

  const look = useCallback(async () => {
    try {
      setFailure(undefined);
      setSignIn(await server.signin.GetSignIn({}));
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, []);
  useEffect(() => {
    forgetNotice();
    void look();
  }, [look]);
  // what cannot be asked now is asked with the next button
  useOtherTabs(useCallback(() => void server.signin.GetSignIn({}).then(setSignIn, () => {}), []));

  const gate = useMemo<Gate>(
    () => ({
      prove: (act) => act(),
      refused: ({ code }) => {
        if (code !== "SignInExpired" && code !== "NotSignedIn") return false;
        setNotice(code === "SignInExpired" ? "expired" : "ended");
        setSignIn({ Step: "password", ServerTime: Date.now() });
        return true;
      },
    }),
    [],
  );
  const state = useMemo(
    () => ({
      signIn,
      notice,
      arrive: (next: SignIn, why?: Notice) => {
        setNotice(why);
        setSignIn(next);
        tellOtherTabs();
      },
    }),
    [signIn, notice],
  );

  return (
    <GateContext value={gate}>
      <SignInContext value={state}>
        <Suspense fallback={<Frame>{null}</Frame>}>
          {failure !== undefined ? (
            <Unreachable failure={failure} again={() => void look()} />
          ) : (
            <Step signIn={signIn} path={path} search={search} />
          )}
        </Suspense>
      </SignInContext>
    </GateContext>
  );
}

function Step({
  signIn,
  path,
  search,
}: {
  readonly signIn: SignIn | undefined;
  readonly path: string;
  readonly search: string;
}) {
  if (signIn === undefined) return <Frame>{null}</Frame>;
  if (path === "/setup" && signIn.Step !== "enrol") return <SetUpPage />;
  if (signIn.Step === "session") return <Redirect to={withFragment(returnPath(search))} replace />;
  const pages = PAGES[signIn.Step];
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page !== undefined) return page();
  const [own = "/signin"] = Object.keys(pages);
  return <Redirect to={search === "" ? own : `${own}?${search}`} replace />;
}

function Unreachable({ failure, again }: { readonly failure: Failure; readonly again: () => void }) {
  const { common } = useWords();
  return (
    <Frame>
      <FailureAlert failure={failure} action={<Button onClick={again}>{common.tryAgain}</Button>} />
    </Frame>
  );
}
