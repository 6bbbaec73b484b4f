import type { Operator } from "../place/operator.ts";
import type { OpenHow, OpenPlace } from "../place/place.ts";
import type { Invocation } from "./command.ts";
import { VERSION } from "./version.ts";

/** Opens the place that the settings name, does `work` in it as the operator, and closes it whatever comes of it. */
export async function withOperator<T>(
  { settings }: Invocation,
  how: OpenHow,
  work: (operator: Operator, place: OpenPlace) => Promise<T>,
): Promise<T> {
  const [{ openPlace }, { operatorOf }] = await Promise.all([
    import("../place/place.ts"),
    import("../place/operator.ts"),
  ]);
  const place = await openPlace(settings, how);
  try {
    return await work(operatorOf(place, settings, `countersign/${VERSION}`), place);
  } finally {
    await place.close();
  }
}
