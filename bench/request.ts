/** A POST as it goes over the wire. */
export interface Request {
  readonly path: string;
  /** Names and values in turn, the host and the length among them. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** All of its bytes, as latin1. */
export function render({ path, headers, body }: Request): string {
  const lines = headers.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
  return `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}
