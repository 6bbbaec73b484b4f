import type { Settings, SettingUser } from "#config/settings.ts";
import type { Io, OutputForm } from "../terminal/io.ts";
import type { Wiring } from "./wiring.ts";

/** One run of a command: what was said on the command line, parsed. */
export interface Invocation {
  readonly settings: Settings;
  /** The value of an option that takes one; undefined where it was not given. */
  readonly option: (name: string) => string | undefined;
  /** Whether a switch was given. */
  readonly switched: (name: string) => boolean;
  readonly argument: (at: number) => string | undefined;
  readonly output: OutputForm;
  readonly io: Io;
  readonly wiring: Wiring;
}

export interface OptionRow {
  readonly name: string;
  /** Stands for the value; undefined for a switch. */
  readonly placeholder?: string;
  readonly doc: string;
  readonly required?: true;
}

interface ArgumentRow {
  readonly name: string;
  readonly doc: string;
  readonly required: boolean;
}

interface Example {
  readonly line: string;
  readonly says: string;
}

/** All there is to know about one command. Its file loads what it needs when it runs, not before. */
export interface CommandRow {
  /** As typed, e.g. `account create`. */
  readonly name: string;
  readonly summary: string;
  /** What the summary cannot say, in whole sentences for the help page. */
  readonly detail?: string;
  readonly arguments?: readonly ArgumentRow[];
  readonly options?: readonly OptionRow[];
  /** The settings it takes; undefined for none. */
  readonly settings?: SettingUser;
  /** Whether it answers something, and so takes `--output`. */
  readonly answers: boolean;
  readonly examples: readonly Example[];
  /** The exit status; failures are thrown as `Refusal`. */
  readonly run: (invocation: Invocation) => Promise<number>;
}
