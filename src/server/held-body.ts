/** A body's limit in bytes, of IAM and STS alike (DESIGN 4). */
export const BODY_LIMIT = 1024 * 1024;
/** A body of a call that is built is never longer: up to here it has room, whatever others send. */
const SMALL_BODY = 64 * 1024;
/** Bytes of the bodies of all connections, until they are answered: beyond it only small ones are taken. */
const MOST_HELD = 128 * 1024 * 1024;

/** Bytes that lie in memory for the bodies of all connections. */
export interface Held {
  held: number;
}

/** A body on its way, counted among all that are. Once it does not fit, nothing of it is kept. */
export function heldBody(connections: Held) {
  const chunks: Buffer[] = [];
  let size = 0;
  let held = 0;
  let refused: "too large" | "no room" | undefined;
  const letGo = (): void => {
    connections.held -= held;
    held = 0;
    chunks.length = 0;
  };
  return {
    add(chunk: Buffer): "fits" | "too large" | "no room" {
      size += chunk.length;
      const room = size <= SMALL_BODY || connections.held + chunk.length <= MOST_HELD;
      if (refused === undefined && size <= BODY_LIMIT && room) {
        connections.held += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
        return "fits";
      }
      refused ??= room ? "too large" : "no room";
      letGo();
      return refused;
    },
    /** Undefined where it did not fit. */
    whole(): Buffer | undefined {
      if (refused !== undefined) return undefined;
      return chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks);
    },
    letGo,
  };
}
