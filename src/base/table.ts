/** Rows by name, looked up by outside strings: no prototype, so `__proto__` and `constructor` are simply absent. */
export type Table<Row, Name extends string = string> = Readonly<Record<Name, Row>>;

/** Freezes `rows` into a table without a prototype. */
export function table<Row, Name extends string>(rows: Record<Name, Row>): Table<Row, Name> {
  return Object.freeze(Object.assign(Object.create(null) as Record<Name, Row>, rows));
}

/** The row called `name`, or undefined. For names that come from outside. */
export function lookUp<Row>(rows: Table<Row>, name: string): Row | undefined {
  return (rows as Readonly<Record<string, Row | undefined>>)[name];
}
