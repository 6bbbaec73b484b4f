import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { lazy, Suspense } from "react";
import type { Dashboard } from "../../../../src/model/countersign/types.ts";
import { Empty } from "../../parts/rows.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useDashboardWords } from "../../words/dashboard.ts";

const Bars = lazy(() => import("./sign-in-bars.tsx"));

/** Undefined while it loads, when its place is held. */
export function SignInDays({ dashboard }: { readonly dashboard: Dashboard | undefined }) {
  const words = useDashboardWords();
  const days = dashboard?.SignInsByDay;
  const none = days?.every(({ Factors, Failures }) => Factors.length === 0 && Failures === 0);
  return (
    <Container
      header={
        <Header variant="h2" description={words.signInsAbout}>
          {words.signIns}
        </Header>
      }
    >
      {dashboard !== undefined && days === undefined && <Box>{words.numbersDenied}</Box>}
      {none === true && <Empty title={words.signInsNone} text={words.signInsNoneText} />}
      {(dashboard === undefined || none === false) && (
        <div className="chart-place">
          <Suspense fallback={<Skeleton lines={8} />}>
            {days === undefined ? <Skeleton lines={8} /> : <Bars days={days} />}
          </Suspense>
        </div>
      )}
    </Container>
  );
}
