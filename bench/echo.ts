/** The bare server that ours is held against: node:http, the whole request read, as many bytes answered as ours answers. */
import { createServer } from "node:http";

const answer = "x".repeat(Number(process.argv[2]));
const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "text/xml", "content-length": answer.length });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) console.log(`ready http://127.0.0.1:${address.port}`);
});
