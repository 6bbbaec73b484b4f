import Box from "@cloudscape-design/components/box";
import Cards from "@cloudscape-design/components/cards";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { Failure } from "../api/failure.ts";
import { useWords } from "../words/words.tsx";
import { FailureAlert } from "./failure-alert.tsx";
import { useIsNarrow } from "./media.ts";

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
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
  filter,
  pagination,
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
  /** What narrows the rows down, above them. */
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
}) {
  const { common } = useWords();
  const narrow = useIsNarrow();
  const shared = {
    header,
    items: rows ?? [],
    loading: rows === undefined && failure === undefined,
    loadingText: common.loading,
    trackBy: idOf,
    filter,
    pagination,
    empty: failure === undefined ? empty : <FailureAlert failure={failure} />,
  };
  if (!narrow) {
    return (
      <Table {...shared} ariaLabels={{ tableLabel: label }} columnDefinitions={[...columns]} wrapLines />
    );
  }
  const [head, ...rest] = columns;
  return (
    <Cards
      {...shared}
      ariaLabels={{ itemSelectionLabel: () => "", selectionGroupLabel: label }}
      cardDefinition={{
        header: head.cell,
        sections: rest.map(({ id, header: name, cell }) => ({ id, header: name, content: cell })),
      }}
    />
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
