import { type RawBuilder, sql } from "kysely";
import type { PrincipalId } from "#identity/ids.ts";
import type { UserOrder, UserPlace } from "#ports/user-summaries.ts";

/** How a list of users is ordered, and from where on it is asked for. */
export interface UserWalk {
  /** What users are ordered by before their names; all alike where it is the name alone. */
  readonly value: RawBuilder<number>;
  readonly by: RawBuilder<unknown>;
  /**
   * Who is to come, in parts that lie together in the order's index (migration 010): the databases find one part at once, and not
   * a condition that joins two.
   */
  readonly parts: readonly RawBuilder<boolean>[];
}

/** As the indexes have it: a letter more, and they are of no use. `floor` is what none has less of, and many may have. */
const ORDERS: Readonly<
  Record<Exclude<UserOrder, "name">, { readonly value: RawBuilder<number>; readonly floor: number }>
> = {
  created: { value: sql<number>`users.created_at`, floor: -1 },
  "password-used": { value: sql<number>`coalesce(users.password_last_used, 0)`, floor: 0 },
  // one more than a moment can be: who has no active key is younger than every key
  "key-age": {
    value: sql<number>`(-coalesce(users.oldest_active_key_at, 8640000000000001))`,
    floor: -8_640_000_000_000_001,
  },
};

const NAME = sql.ref("users.user_name_folded");

/** `after` is a place's key. */
export function walkOf(order: UserOrder, descending: boolean, after: string | undefined): UserWalk {
  const direction = descending ? sql`desc` : sql`asc`;
  const place = after === undefined ? undefined : placeOf(after);
  if (order === "name") {
    const past = descending ? sql`<` : sql`>`;
    const part = place === undefined ? sql<boolean>`1 = 1` : sql<boolean>`${NAME} ${past} ${place.name}`;
    return { value: sql`0`, by: sql`user_name_folded ${direction}`, parts: [part] };
  }
  const { value, floor } = ORDERS[order];
  const parts = descending ? falling(value, floor, place) : rising(value, floor, place);
  // those of one value come by their name, in the order turned round too
  return { value, by: sql`value ${direction}, user_name_folded`, parts };
}

function rising(value: RawBuilder<number>, floor: number, place = START(floor)) {
  return [
    sql<boolean>`${value} = ${place.at} and ${NAME} > ${place.name}`,
    sql<boolean>`${value} > ${place.at}`,
  ];
}

function falling(value: RawBuilder<number>, floor: number, place?: Place) {
  const ofFloor = sql<boolean>`${value} = ${sql.lit(floor)}`;
  if (place === undefined) return [sql<boolean>`${value} > ${floor}`, ofFloor];
  const alike = sql<boolean>`${value} = ${place.at} and ${NAME} > ${place.name}`;
  if (place.at <= floor) return [alike];
  return [alike, sql<boolean>`${value} > ${floor} and ${value} < ${place.at}`, ofFloor];
}

interface Place {
  readonly at: number;
  readonly name: string;
}

const START = (floor: number): Place => ({ at: floor, name: "" });

export interface PlaceRow {
  readonly user_id: PrincipalId;
  readonly user_name_folded: string;
  readonly value: number;
}

/** The value of the order, and the name after it. */
export const toPlace = ({ user_id: userId, user_name_folded: name, value }: PlaceRow): UserPlace => ({
  userId,
  key: `${value} ${name}`,
});

function placeOf(key: string): Place {
  const space = key.indexOf(" ");
  return { at: Number(key.slice(0, space)), name: key.slice(space + 1) };
}
