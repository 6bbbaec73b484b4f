import { browserSend } from "../../../src/client/browser.ts";
import { type Client, createClient } from "../../../src/client/client.ts";

/** The server's own services, with the cookies of this page's origin. */
export const server: Client = createClient({ send: browserSend((url, init) => fetch(url, init)) });
