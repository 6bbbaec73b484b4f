import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Cards from "@cloudscape-design/components/cards";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useEffect, useRef } from "react";
import type { Failure } from "../api/failure.ts";
import { useWords, wordsOf } from "../words/words.tsx";
import { FailureAlert } from "./failure-alert.tsx";
import { useIsNarrow } from "./media.ts";

const english = {
  by: "Sorted by",
  toAscending: "Sort ascending",
  toDescending: "Sort descending",
};
const german: typeof english = {
  by: "Sortiert nach",
  toAscending: "Aufsteigend sortieren",
  toDescending: "Absteigend sortieren",
};
const useSortWords = wordsOf({ en: english, de: german });

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly sortable?: boolean;
}

/** Rows that come in the order of one column. */
export interface Sorting {
  /** The column's id. */
  readonly by: string;
  readonly descending: boolean;
  readonly onSort: (by: string, descending: boolean) => void;
}

/** A table; where there is no room for one, a card for each row with the first column as its head. */
export function Rows<Row>({
  label,
  header,
  columns,
  rows,
  idOf,
  empty,
  failure,
  denied,
  filter,
  pagination,
  sorting,
}: {
  /** Names it for a screen reader. */
  readonly label: string;
  readonly header: ReactNode;
  readonly columns: readonly [Column<Row>, ...Column<Row>[]];
  /** Undefined while they load. */
  readonly rows: readonly Row[] | undefined;
  readonly idOf: (row: Row) => string;
  readonly empty: ReactNode;
  readonly failure?: Failure | undefined;
  /** What the reader may not do, if that is the failure. */
  readonly denied?: string;
  /** What narrows the rows down, above them. */
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly sorting?: Sorting;
}) {
  const { common } = useWords();
  const narrow = useIsNarrow();
  const shared = {
    header,
    items: rows ?? [],
    loading: rows === undefined && failure === undefined,
    loadingText: common.loading,
    trackBy: idOf,
    pagination,
    empty: failure === undefined ? empty : <FailureAlert failure={failure} denied={denied} />,
  };
  const [head, ...rest] = columns;
  return (
    <FocusKept label={label} rows={rows} breaking={narrow}>
      {narrow ? (
        <Cards
          {...shared}
          filter={
            sorting === undefined ? (
              filter
            ) : (
              <SpaceBetween size="xs">
                {filter}
                <SortChoice columns={columns} {...sorting} />
              </SpaceBetween>
            )
          }
          ariaLabels={{ itemSelectionLabel: () => "", selectionGroupLabel: label }}
          cardDefinition={{
            header: head.cell,
            sections: rest.map(({ id, header: name, cell }) => ({ id, header: name, content: cell })),
          }}
        />
      ) : (
        <Table
          {...shared}
          filter={filter}
          ariaLabels={{ tableLabel: label }}
          columnDefinitions={columns.map(({ sortable, ...column }) =>
            sortable ? { ...column, sortingField: column.id } : column,
          )}
          {...(sorting === undefined ? {} : sortedTable<Row>(sorting))}
          wrapLines
        />
      )}
    </FocusKept>
  );
}

/** Where the row that had the focus is gone, work goes on at the table that it was in (WCAG 2.2, 2.4.3). */
function FocusKept({
  label,
  rows,
  breaking,
  children,
}: {
  readonly label: string;
  readonly rows: readonly unknown[] | undefined;
  /** Long words are broken where there is no room for them. */
  readonly breaking: boolean;
  readonly children: ReactNode;
}) {
  const place = useRef<HTMLElement>(null);
  const last = useRef<Element>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is other rows that may lack the one
  useEffect(() => {
    const isGone = last.current?.isConnected === false && document.activeElement === document.body;
    if (isGone) place.current?.focus({ preventScroll: true });
  }, [rows]);
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label={label}
      className={breaking ? "rows sentence" : "rows"}
      onFocus={({ target }) => {
        last.current = target;
      }}
    >
      {children}
    </section>
  );
}

const sortedTable = <Row,>({ by, descending, onSort }: Sorting) => ({
  sortingColumn: { sortingField: by },
  sortingDescending: descending,
  onSortingChange: ({ detail }: { detail: TableProps.SortingState<Row> }) =>
    onSort(detail.sortingColumn.sortingField ?? by, detail.isDescending ?? false),
});

/** Cards have no heads to press. */
function SortChoice<Row>({
  columns,
  by,
  descending,
  onSort,
}: Sorting & { readonly columns: readonly Column<Row>[] }) {
  const words = useSortWords();
  const options = columns
    .filter(({ sortable }) => sortable)
    .map(({ id, header }) => ({ value: id, label: header }));
  return (
    <div className="search">
      <Select
        inlineLabelText={words.by}
        selectedOption={options.find(({ value }) => value === by) ?? null}
        options={options}
        onChange={({ detail }) => onSort(detail.selectedOption.value ?? by, descending)}
      />
      <Button
        iconName={descending ? "angle-down" : "angle-up"}
        ariaLabel={descending ? words.toAscending : words.toDescending}
        onClick={() => onSort(by, !descending)}
      />
    </div>
  );
}

/** An empty table says what would be here, and offers the first thing to do. */
export function Empty({
  title,
  text,
  action,
}: {
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
}) {
  return (
    <Box textAlign="center" padding={{ vertical: "s" }}>
      <SpaceBetween size="xs">
        <strong>{title}</strong>
        <Box color="text-body-secondary">{text}</Box>
        {action}
      </SpaceBetween>
    </Box>
  );
}
