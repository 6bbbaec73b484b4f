import Button from "@cloudscape-design/components/button";
import Pagination from "@cloudscape-design/components/pagination";
import TextFilter from "@cloudscape-design/components/text-filter";
import { type ComponentProps, type ReactNode, useState } from "react";
import { wordsOf } from "../words/words.tsx";
import { Empty, Rows } from "./rows.tsx";

const PAGE = 50;

const english = {
  search: (what: string) => `Search ${what}`,
  hint: "Search",
  matches: (count: number) => (count === 1 ? "1 match" : `${count} matches`),
  none: "Nothing matches",
  noneText: "No entry has this text in it.",
  clear: "Clear the search",
};
const german: typeof english = {
  search: (what) => `${what} durchsuchen`,
  hint: "Suchen",
  matches: (count) => (count === 1 ? "1 Treffer" : `${count} Treffer`),
  none: "Nichts gefunden",
  noneText: "Kein Eintrag enthält diesen Text.",
  clear: "Suche leeren",
};
const useRowWords = wordsOf({ en: english, de: german });

/** Rows that are all here: searched by text, 50 a page. */
export function SearchableRows<Row>({
  textOf,
  rows,
  beside,
  ...others
}: ComponentProps<typeof Rows<Row>> & {
  /** What the search looks in. */
  readonly textOf: (row: Row) => string;
  /** Further choices beside the search. */
  readonly beside?: ReactNode;
}) {
  const words = useRowWords();
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const wanted = text.trim().toLowerCase();
  const found = wanted === "" ? rows : rows?.filter((row) => textOf(row).toLowerCase().includes(wanted));
  const pages = Math.max(1, Math.ceil((found?.length ?? 0) / PAGE));
  const shown = Math.min(page, pages);
  return (
    <Rows<Row>
      {...others}
      rows={found?.slice((shown - 1) * PAGE, shown * PAGE)}
      {...(wanted === ""
        ? {}
        : {
            empty: (
              <Empty
                title={words.none}
                text={words.noneText}
                action={<Button onClick={() => setText("")}>{words.clear}</Button>}
              />
            ),
          })}
      filter={
        <div className="search">
          <TextFilter
            filteringText={text}
            filteringAriaLabel={words.search(others.label)}
            filteringPlaceholder={words.hint}
            countText={wanted === "" ? "" : words.matches(found?.length ?? 0)}
            onChange={({ detail }) => {
              setText(detail.filteringText);
              setPage(1);
            }}
          />
          {beside}
        </div>
      }
      pagination={
        pages > 1 && (
          <Pagination
            currentPageIndex={shown}
            pagesCount={pages}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        )
      }
    />
  );
}
