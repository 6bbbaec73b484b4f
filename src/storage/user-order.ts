import { type RawBuilder, sql } from "kysely";
import type { PrincipalId } from "#identity/ids.ts";
import type { UserOrder, UserPlace } from "#ports/user-summaries.ts";

/** How a list of users is ordered, and from where on it is asked for. */
export interface UserWalk {
  /** What users are ordered by before their names; all alike where it is the name alone. */
  readonly value: RawBuilder<number>;
  readonly by: Part["by"];
  readonly parts: readonly Part[];
  /** Who is to come; undefined where that is everybody. */
  readonly beyond: RawBuilder<boolean> | undefined;
}

/** Of those who are to come, some who lie together in the order's index (migration 010): both databases find them there at once. */
interface Part {
  readonly has: RawBuilder<boolean>;
  readonly by: RawBuilder<unknown>;
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

const BY_NAME = sql`user_name_folded`;

/** `after` is a place's key. */
export function walkOf(order: UserOrder, descending: boolean, after: string | undefined): UserWalk {
  const place = after === undefined ? undefined : placeOf(after);
  const direction = descending ? sql`desc` : sql`asc`;
  const named = order === "name";
  const value = named ? sql<number>`0` : ORDERS[order].value;
  // those of one value come by their name, in the order turned round too
  const by = named ? sql`${BY_NAME} ${direction}` : sql`value ${direction}, ${BY_NAME}`;
  const parts = named ? [{ has: beyondName(descending, place), by }] : partsOf(order, descending, by, place);
  const beyond = sql.join(
    parts.map(({ has }) => sql`(${has})`),
    sql` or `,
  );
  return { value, by, parts, beyond: place && sql<boolean>`(${beyond})` };
}

function beyondName(descending: boolean, place: Place | undefined): RawBuilder<boolean> {
  if (place === undefined) return sql`1 = 1`;
  return sql`users.user_name_folded ${descending ? sql`<` : sql`>`} ${place.name}`;
}

/** In any order: those alike in value, and the others. */
function partsOf(
  order: Exclude<UserOrder, "name">,
  descending: boolean,
  by: Part["by"],
  place: Place | undefined,
): readonly Part[] {
  const { value, floor } = ORDERS[order];
  const alike = ({ at, name }: Place): Part => ({
    has: sql`${value} = ${at} and users.user_name_folded > ${name}`,
    by: BY_NAME,
  });
  const lowest = alike({ at: floor, name: "" });
  if (!descending) {
    const from = place ?? { at: floor, name: "" };
    return [alike(from), { has: sql`${value} > ${from.at}`, by }];
  }
  if (place === undefined) return [{ has: sql`${value} > ${floor}`, by }, lowest];
  if (place.at <= floor) return [alike(place)];
  return [alike(place), { has: sql`${value} > ${floor} and ${value} < ${place.at}`, by }, lowest];
}

interface Place {
  readonly at: number;
  readonly name: string;
}

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
