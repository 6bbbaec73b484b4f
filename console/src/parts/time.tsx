import { useSpeech } from "../words/words.tsx";
import { momentText } from "./moment.ts";
import { serverNow } from "./server-clock.ts";

/** Relative, with the exact moment on hover. `at`: epoch milliseconds. */
export function Time({ at }: { readonly at: number }) {
  const { language } = useSpeech();
  const { shown, exact } = momentText(at, serverNow(), language);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {shown}
    </time>
  );
}
