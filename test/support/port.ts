import { createServer } from "node:net";

/** A port of 127.0.0.1 that nobody holds at the moment, for a program that cannot choose one itself. */
export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? found(address.port) : failed(address)));
    });
  });
}
