import type { Settings } from "#config/settings.ts";
import type { OpenPlace } from "../place/place.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  /** Takes no new call, ends those that run, writes out what was recorded. The store stays open. */
  close(): Promise<void>;
}

/** What the command line is given from outside, since it may not import the server. */
export interface Wiring {
  readonly startServer: (settings: Settings, place: OpenPlace) => Promise<RunningServer>;
}
