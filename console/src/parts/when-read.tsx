import type { ReactNode } from "react";
import type { Loaded } from "./act.ts";
import { FailureAlert } from "./failure-alert.tsx";
import { Skeleton } from "./skeleton.tsx";

/** A card of a page that goes on without it: what was read, or why it was not. */
export function WhenRead<T>({
  value,
  failure,
  denied,
  lines = 3,
  children,
}: Pick<Loaded<T>, "value" | "failure"> & {
  /** What the reader may not do, if that is the failure. */
  readonly denied?: string;
  readonly lines?: number;
  readonly children: (value: T) => ReactNode;
}) {
  if (failure !== undefined) return <FailureAlert failure={failure} denied={denied} />;
  return value === undefined ? <Skeleton lines={lines} /> : children(value);
}
