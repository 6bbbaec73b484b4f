import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";

const SignInApp = lazy(() => import("./pages/signin/app.tsx"));
const Console = lazy(() => import("./pages/console.tsx"));

/** Two halves that load apart: whoever signs in does not wait for the pages behind. */
export function App() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path={/^\/(?:signin|setup)(?:\/.*)?$/}>
          <SignInApp />
        </Route>
        <Route>
          <Console />
        </Route>
      </Switch>
    </Suspense>
  );
}
