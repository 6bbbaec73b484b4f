/** A page of rows in the order of their key: rows after `after` (exclusive), at most `limit`. */
export interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}
