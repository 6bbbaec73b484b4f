import PieChart from "@cloudscape-design/components/pie-chart";
import type { MfaCoverage } from "../../../../src/model/countersign/types.ts";
import { useDashboardWords } from "../../words/dashboard.ts";

/** Loaded by itself: the page comes first. */
export default function CoverageDonut({ coverage }: { readonly coverage: MfaCoverage }) {
  const words = useDashboardWords();
  const { PhishingResistant, Other, None } = coverage;
  const all = PhishingResistant + Other + None;
  const percent = (count: number) => `${Math.round((100 * count) / all)} %`;
  const segments = [
    { title: words.resistant, value: PhishingResistant, color: "var(--chart-best)" },
    { title: words.other, value: Other, color: "var(--chart-good)" },
    { title: words.without, value: None, color: "var(--chart-bad)" },
  ].filter(({ value }) => value > 0);
  return (
    <PieChart
      variant="donut"
      size="small"
      hideFilter
      hideTitles
      hideDescriptions
      ariaLabel={words.coverage}
      innerMetricValue={percent(PhishingResistant + Other)}
      data={segments}
      segmentDescription={({ value }) => `${value}, ${percent(value)}`}
      detailPopoverContent={({ value }) => [
        { key: words.users, value },
        { key: words.share, value: percent(value) },
      ]}
    />
  );
}
