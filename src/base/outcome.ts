/** What an attempt came to, as data: exceptions are for bugs alone. */
export type Outcome<T, E> = Accepted<T> | Refused<E>;

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused<E> {
  readonly ok: false;
  readonly error: E;
}

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value });

export const refuse = <E>(error: E): Refused<E> => ({ ok: false, error });
