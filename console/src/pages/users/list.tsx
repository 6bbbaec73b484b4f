import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useLocation, useSearchParams } from "wouter";
import { useAct } from "../../parts/act.ts";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { PageTitle } from "../../parts/page-title.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { useUserListWords } from "../../words/users.ts";
import { useUserColumns } from "./cells.tsx";
import { ExportUsers } from "./export.tsx";
import { UserFilter } from "./filter.tsx";
import { usePagesOfUsers } from "./pages-of-users.ts";
import { FILTERS, isFiltered, questionOf } from "./question.ts";

/** Beyond so many the server does not count. */
const COUNTED = 1000;

export default function UsersPage() {
  const words = useUserListWords();
  const [, navigate] = useLocation();
  const [params, setParams] = useSearchParams();
  const question = questionOf(params);
  const { users, failure, page, markers, ended, matches, turnTo } = usePagesOfUsers(question);
  const columns = useUserColumns();
  const exporting = useAct();
  const filtered = isFiltered(params);
  const change = (changed: Readonly<Record<string, string | undefined>>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, text] of Object.entries(changed)) {
          if (text === undefined || text === "") after.delete(name);
          else after.set(name, text);
        }
        return after;
      },
      { replace: true },
    );
  const toCreate = <Button onClick={() => navigate("/users/create")}>{words.create}</Button>;
  return (
    <PageTitle title={words.title}>
      <SpaceBetween size="m">
        <FailureAlert failure={exporting.failure} denied={words.denied} />
        <Rows
          label={words.title}
          header={
            <Header
              variant="h1"
              description={words.about}
              counter={users === undefined || failure !== undefined ? "" : `(${matches ?? `${COUNTED}+`})`}
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <ExportUsers question={question} act={exporting} />
                  <Button onClick={() => navigate("/users/import")}>{words.import}</Button>
                  <Button variant="primary" onClick={() => navigate("/users/create")}>
                    {words.create}
                  </Button>
                </SpaceBetween>
              }
            >
              {words.title}
            </Header>
          }
          rows={users}
          failure={failure}
          denied={words.denied}
          idOf={({ UserId }) => UserId}
          columns={columns}
          filter={<UserFilter params={params} matches={filtered ? matches : undefined} onParams={change} />}
          sorting={{
            by: question.Sort ?? "UserName",
            descending: question.Descending ?? false,
            onSort: (sort, descending) => change({ sort, desc: descending ? "yes" : undefined }),
          }}
          pagination={
            (markers.length > 1 || page > 1) && (
              <Pagination
                currentPageIndex={page}
                pagesCount={markers.length}
                openEnd={!ended}
                onChange={({ detail }) => turnTo(detail.currentPageIndex)}
              />
            )
          }
          empty={
            filtered ? (
              <Empty
                title={words.noMatch}
                text={words.noMatchText}
                action={
                  <Button
                    onClick={() =>
                      change(Object.fromEntries(["q", ...FILTERS].map((name) => [name, undefined])))
                    }
                  >
                    {words.clearFilters}
                  </Button>
                }
              />
            ) : (
              <Empty title={words.empty} text={words.emptyText} action={toCreate} />
            )
          }
        />
      </SpaceBetween>
    </PageTitle>
  );
}
