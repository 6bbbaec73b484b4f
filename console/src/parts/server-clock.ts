let ahead = 0;

/** The server has just said that its clock shows `at`. */
export function noteServerTime(at: number): void {
  ahead = at - Date.now();
}

/** By the clock that stamped what the server tells: this device's own may be wrong. */
export const serverNow = (): number => Date.now() + ahead;
