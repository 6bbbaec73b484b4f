import BarChart from "@cloudscape-design/components/bar-chart";
import type { DaySignIns } from "../../../../src/model/countersign/types.ts";
import { useDashboardWords } from "../../words/dashboard.ts";
import { useSpeech } from "../../words/words.tsx";

const HEIGHT = 200;

/** As in the picture of the coverage. */
const COLORS: Readonly<Record<string, string>> = {
  none: "var(--chart-bad)",
  "security-key": "var(--chart-best)",
  passkey: "var(--chart-passkey)",
  hardware: "var(--chart-hardware)",
  "recovery-code": "var(--chart-recovery)",
};
const colorOf = (method: string): string => COLORS[method] ?? "var(--chart-good)";

/** Loaded by itself: the page comes first. */
export default function SignInBars({ days }: { readonly days: readonly DaySignIns[] }) {
  const words = useDashboardWords();
  const { language, words: common } = useSpeech();
  const kinds: Readonly<Record<string, string>> = { ...common.kinds, none: words.without };
  const methods = [...new Set(days.flatMap(({ Factors }) => Factors.map(({ Method }) => Method)))];
  const dayOf = (day: string) =>
    new Date(day).toLocaleDateString(language, { day: "numeric", month: "short", timeZone: "UTC" });
  const series = [
    ...methods.map((method) => ({
      title: kinds[method] ?? words.other,
      color: colorOf(method),
      countOf: (day: DaySignIns) => day.Factors.find(({ Method }) => Method === method)?.Count ?? 0,
    })),
    { title: words.failures, color: "var(--chart-failed)", countOf: (day: DaySignIns) => day.Failures },
  ];
  return (
    <BarChart
      stackedBars
      hideFilter
      height={HEIGHT}
      ariaLabel={words.signIns}
      xTitle={words.day}
      yTitle={words.count}
      xScaleType="categorical"
      xDomain={days.map(({ Day }) => dayOf(Day))}
      // there is no half of a sign-in
      i18nStrings={{ yTickFormatter: (count) => (Number.isInteger(count) ? String(count) : "") }}
      series={series.map(({ title, color, countOf }) => ({
        type: "bar",
        title,
        color,
        data: days.map((day) => ({ x: dayOf(day.Day), y: countOf(day) })),
      }))}
    />
  );
}
