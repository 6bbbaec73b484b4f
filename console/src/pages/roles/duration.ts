import type { useRoleWords } from "../../words/roles.ts";

/** In hours where it is whole ones. */
export const durationText = (
  { hours, seconds }: Pick<ReturnType<typeof useRoleWords>, "hours" | "seconds">,
  count: number,
): string => (count % 3600 === 0 ? hours(count / 3600) : seconds(count));
