import Button from "@cloudscape-design/components/button";
import { useEffect, useRef, useState } from "react";
import { listAllUsers, type UserQuestion } from "../../api/user-list.ts";
import type { Act } from "../../parts/act.ts";
import { download } from "../../parts/download.ts";
import { useUserListWords } from "../../words/users.ts";
import { useSession } from "../session.ts";
import { usersSheet } from "./sheet.ts";

/** All pages of what is shown, as a file. Whoever leaves the page gives it up. */
export function ExportUsers({ question, act }: { readonly question: UserQuestion; readonly act: Act }) {
  const words = useUserListWords();
  const { tell } = useSession();
  const [count, setCount] = useState(0);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const run = async () => {
    setCount(0);
    await act.run(async () => {
      const users = await listAllUsers(question, (so) => {
        setCount(so);
        return here.current;
      });
      if (!here.current) return;
      download(`${words.fileName}.csv`, "text/csv", usersSheet(users));
      tell(words.exported(users.length));
    });
  };
  return (
    <Button iconName="download" loading={act.busy} onClick={() => void run()}>
      {act.busy && count > 0 ? words.exporting(count) : words.export}
    </Button>
  );
}
