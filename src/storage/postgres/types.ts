import pg from "pg";

const INT8 = 20;
const BYTEA = 17;

/** How answers are read: int8 as a number, bytes as plain bytes. Of one pool, not of the whole process. */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    if (id === INT8) return toSafeInteger;
    if (id === BYTEA) return (text: string) => new Uint8Array(Buffer.from(text.slice(2), "hex"));
    return pg.types.getTypeParser(id, format);
  },
};

function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
}
