import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Icon from "@cloudscape-design/components/icon";
import type { UserSummary } from "../../api/user-list.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { dateText } from "../../parts/moment.ts";
import { PageLink } from "../../parts/page-link.tsx";
import type { Column } from "../../parts/rows.tsx";
import { serverNow } from "../../parts/server-clock.ts";
import { Time } from "../../parts/time.tsx";
import { useUserListWords } from "../../words/users.ts";
import { useSpeech } from "../../words/words.tsx";
import { kindText } from "../factor-text.ts";
import { userPath } from "../paths.ts";

type UserColumns = readonly [Column<UserSummary>, ...Column<UserSummary>[]];

/** Those that the server can sort by have its names. */
export function useUserColumns(): UserColumns {
  const words = useUserListWords();
  return [
    {
      id: "UserName",
      header: words.name,
      sortable: true,
      cell: ({ UserName }) => (
        <span className="roomy">
          <PageLink to={userPath(UserName)}>{UserName}</PageLink>
        </span>
      ),
    },
    {
      id: "path",
      header: words.path,
      cell: ({ Path }) => (
        <span className="snug">
          <Breaking text={Path} />
        </span>
      ),
    },
    { id: "groups", header: words.groups, cell: (user) => <Groups {...user} /> },
    { id: "mfa", header: words.mfa, cell: (user) => <Mfa {...user} /> },
    {
      id: "console",
      header: words.consoleColumn,
      cell: ({ ConsoleAccess }) => (ConsoleAccess ? words.withConsole : words.withoutConsole),
    },
    {
      id: "PasswordLastUsed",
      header: words.lastSignIn,
      sortable: true,
      cell: ({ PasswordLastUsed: at, ConsoleAccess }) => {
        if (at !== undefined) {
          return (
            <span className="whole">
              <Time at={at} />
            </span>
          );
        }
        return ConsoleAccess ? words.never : "–";
      },
    },
    { id: "KeyAge", header: words.keyAge, sortable: true, cell: (user) => <KeyAge {...user} /> },
  ];
}

const SHOWN_GROUPS = 3;

function Groups({ Groups: names }: UserSummary) {
  const words = useUserListWords();
  if (names.length === 0) return "–";
  const more = names.length - SHOWN_GROUPS;
  return (
    <span className="slim" title={names.join(", ")}>
      {names.slice(0, SHOWN_GROUPS).join(", ")}
      {more > 0 && ` ${words.more(more)}`}
    </span>
  );
}

/** A badge for each kind. */
function Mfa({ MfaKinds }: UserSummary) {
  const words = useUserListWords();
  const { kinds } = useSpeech().words;
  if (MfaKinds.length === 0) {
    return (
      <Box color="text-status-warning" display="inline">
        <span className="whole">
          <Icon name="status-warning" /> {words.none}
        </span>
      </Box>
    );
  }
  return (
    <div className="badges">
      {[...new Set(MfaKinds)].map((kind) => {
        const count = MfaKinds.filter((each) => each === kind).length;
        return (
          <Badge key={kind} color="blue">
            {kindText(kinds, kind)}
            {count > 1 && ` × ${count}`}
          </Badge>
        );
      })}
    </div>
  );
}

const DAY = 86_400_000;

function KeyAge({ OldestActiveKeyDate: at }: UserSummary) {
  const words = useUserListWords();
  const { language } = useSpeech();
  if (at === undefined) return "–";
  return (
    <span className="whole" title={words.keyFrom(dateText(at, language))}>
      {words.days(Math.max(0, Math.floor((serverNow() - at) / DAY)))}
    </span>
  );
}
