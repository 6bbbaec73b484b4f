import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useDashboardWords } from "../../words/dashboard.ts";
import { useNoticeText } from "../../words/notices.ts";
import { useWords } from "../../words/words.tsx";

const load = () => server.countersign.ListNotices({});

/** What waits for the account's administrators, since it could not be mailed; nothing for others, and where nothing waits. */
export function AccountNotices() {
  const words = useDashboardWords();
  const { common, dashboard } = useWords();
  const textOf = useNoticeText();
  const { value } = useLoad(load);
  const { busy, failure, run } = useAct();
  const [read, setRead] = useState<readonly string[]>([]);
  const waiting = value?.Account?.filter(({ NoticeId }) => !read.includes(NoticeId)) ?? [];
  if (waiting.length === 0) return null;
  const dismiss = (NoticeId: string) =>
    run(async () => {
      await server.countersign.DismissNotice({ NoticeId });
      setRead((before) => [...before, NoticeId]);
    });
  return (
    <>
      <FailureAlert failure={failure} />
      <Rows
        label={words.notices}
        header={
          <Header variant="h2" counter={`(${waiting.length})`} description={words.noticesAbout}>
            {words.notices}
          </Header>
        }
        rows={waiting}
        idOf={({ NoticeId }) => NoticeId}
        empty={<Empty title={words.notices} text="" />}
        columns={[
          { id: "what", header: words.what, cell: (notice) => textOf(notice, "administrator").title },
          {
            id: "more",
            header: words.details,
            cell: (notice) => textOf(notice, "administrator").text || "–",
          },
          { id: "time", header: dashboard.time, cell: ({ Time: at }) => <Time at={at} /> },
          {
            id: "dismiss",
            header: words.read,
            cell: (notice) => (
              <Button
                variant="inline-link"
                disabled={busy}
                ariaLabel={`${common.dismiss}: ${textOf(notice, "administrator").title}`}
                onClick={() => dismiss(notice.NoticeId)}
              >
                {common.dismiss}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
