import { useSpeech } from "../words/words.tsx";
import { momentText } from "./moment.ts";

/** Relative, with the exact moment on hover. `at`: epoch milliseconds. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useSpeech();
  const { shown, exact } = momentText(at, Date.now(), language);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {shown}
    </time>
  );
}
