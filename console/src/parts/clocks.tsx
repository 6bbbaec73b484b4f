import Box from "@cloudscape-design/components/box";
import Icon from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { server } from "../api/server.ts";
import { useSpeech, useWords } from "../words/words.tsx";
import { useLoad } from "./act.ts";
import { differenceText, isInStep } from "./clock-difference.ts";
import { useNow } from "./now.ts";

/** How far the server's clock is ahead of this browser's, in milliseconds: half of the way there and back is the way back. */
async function measure(): Promise<number> {
  const asked = Date.now();
  const { ServerTime } = await server.signin.GetSignIn({});
  return ServerTime - (asked + Date.now()) / 2;
}

/** The server's time beside the browser's, and what lies between. */
export function Clocks() {
  const { clock } = useWords();
  const { language } = useSpeech();
  const { value: offset } = useLoad(measure);
  const now = useNow();
  if (offset === undefined) return null;
  const text = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  return (
    <div className="clocks">
      <Clock label={clock.server} time={text.format(now + offset)} />
      <Clock label={clock.browser} time={text.format(now)} />
      <SpaceBetween size="xxs">
        <Box variant="awsui-key-label">{clock.difference}</Box>
        <span>
          <Icon
            name={isInStep(offset) ? "status-positive" : "status-warning"}
            variant={isInStep(offset) ? "success" : "warning"}
          />{" "}
          {differenceText(clock, offset)}
        </span>
      </SpaceBetween>
      <Box fontSize="body-s" className="wide">
        {isInStep(offset) ? clock.inStepText : clock.offText}
      </Box>
    </div>
  );
}

function Clock({ label, time }: { readonly label: string; readonly time: string }) {
  return (
    <SpaceBetween size="xxs">
      <Box variant="awsui-key-label">{label}</Box>
      <span className="clock">{time}</span>
    </SpaceBetween>
  );
}
