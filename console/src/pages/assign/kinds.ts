import type { DeviceKind } from "../../api/devices.ts";

/** The kinds that the wizard can assign, the strongest first: the first is the recommended one. */
export const KINDS = ["virtual"] as const satisfies readonly DeviceKind[];
export type AssignableKind = (typeof KINDS)[number];
