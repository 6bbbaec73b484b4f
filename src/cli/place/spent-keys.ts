import type { OpenPlace } from "./place.ts";

export async function dropSpentKeys(_place: OpenPlace): Promise<void> {}
