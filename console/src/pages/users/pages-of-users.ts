import { useCallback, useState } from "react";
import { listUsers, type UserPage, type UserQuestion } from "../../api/user-list.ts";
import { useLoad } from "../../parts/act.ts";

interface Place {
  /** The question that it is a place in. */
  readonly of: string;
  /** Of each page that is known, the first one's being undefined. */
  readonly markers: readonly (string | undefined)[];
  readonly page: number;
  /** There is no page after the last that is known. */
  readonly ended: boolean;
  readonly matches: number | undefined;
}

/** The pages of a question, one after the other: the server tells where the next one begins. */
export function usePagesOfUsers(question: UserQuestion) {
  const of = JSON.stringify(question);
  const [kept, setPlace] = useState<Place>();
  const place = kept?.of === of ? kept : firstOf(of);
  const { markers, page } = place;
  const Marker = markers[page - 1];
  const load = useCallback(async () => {
    const found = await listUsers({ ...JSON.parse(of), Marker });
    setPlace((before) => noted(before?.of === of ? before : firstOf(of), page, found));
    return found.Users;
  }, [of, page, Marker]);
  const { value, failure, reload } = useLoad(load);
  return {
    ...place,
    users: failure === undefined ? value : [],
    failure,
    reload,
    turnTo: (wanted: number) => {
      if (wanted <= markers.length) setPlace({ ...place, page: wanted });
    },
  };
}

const firstOf = (of: string): Place => ({
  of,
  markers: [undefined],
  page: 1,
  ended: false,
  matches: undefined,
});

/** What a page has told of the others. */
function noted(place: Place, page: number, { Marker, IsTruncated, Matches }: UserPage): Place {
  const isLast = page === place.markers.length;
  return {
    ...place,
    markers: isLast && IsTruncated ? [...place.markers, Marker] : place.markers,
    ended: place.ended || !IsTruncated,
    matches: Matches ?? place.matches,
  };
}
