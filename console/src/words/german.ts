import { messages, words } from "./english.ts";

export { messages, words };
