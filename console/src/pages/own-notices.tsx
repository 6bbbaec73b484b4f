import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { useState } from "react";
import { server } from "../api/server.ts";
import { useLoad } from "../parts/act.ts";
import { Time } from "../parts/time.tsx";
import { useNoticeText } from "../words/notices.ts";
import { useWords } from "../words/words.tsx";

const load = async () => (await server.countersign.ListNotices({})).Own;

/** More would hide the page. Those behind them come as these are closed. */
const SHOWN = 3;

/** What could not be mailed to whoever is signed in, until he has read it. */
export function useOwnNotices(): readonly FlashbarProps.MessageDefinition[] {
  const { common } = useWords();
  const textOf = useNoticeText();
  // that they cannot be had is no fault of the page, whatever it is
  const { value = [] } = useLoad(load);
  const [read, setRead] = useState<readonly string[]>([]);
  const dismiss = (NoticeId: string) => {
    setRead((before) => [...before, NoticeId]);
    // one that the server keeps is there again next time
    void server.countersign.DismissNotice({ NoticeId }).catch(() => {});
  };
  return value
    .filter(({ NoticeId }) => !read.includes(NoticeId))
    .slice(0, SHOWN)
    .map((notice) => {
      const { title, text } = textOf(notice, "owner");
      return {
        id: notice.NoticeId,
        type: "warning",
        header: title,
        content: (
          <>
            {text} (<Time at={notice.Time} />)
          </>
        ),
        dismissible: true,
        // several stand there at a time
        dismissLabel: `${common.dismiss}: ${title}`,
        onDismiss: () => dismiss(notice.NoticeId),
      };
    });
}
