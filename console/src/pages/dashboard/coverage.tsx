import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { lazy, Suspense } from "react";
import type { Dashboard } from "../../../../src/model/countersign/types.ts";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useDashboardWords } from "../../words/dashboard.ts";

const Donut = lazy(() => import("./coverage-donut.tsx"));

/** How many of those who can sign in at the console have a second factor; whoever may not know is told so. */
export function Coverage({ dashboard }: { readonly dashboard: Dashboard | undefined }) {
  const words = useDashboardWords();
  const coverage = dashboard?.Coverage;
  const all = coverage === undefined ? 0 : coverage.PhishingResistant + coverage.Other + coverage.None;
  return (
    <Container header={<Header variant="h2">{words.coverage}</Header>}>
      {dashboard === undefined && <Skeleton lines={6} />}
      {dashboard !== undefined && coverage === undefined && <Box>{words.numbersDenied}</Box>}
      {coverage !== undefined && all === 0 && words.nobody}
      {coverage !== undefined && all > 0 && (
        <>
          <Box>{words.coverageText(all - coverage.None, all)}</Box>
          <div className="donut-place">
            <Suspense fallback={<Skeleton lines={5} />}>
              <Donut coverage={coverage} />
            </Suspense>
          </div>
        </>
      )}
    </Container>
  );
}
