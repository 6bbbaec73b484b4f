import { IAMClient } from "@aws-sdk/client-iam";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { CONSOLE_HEADER, CONSOLE_PATH } from "../../../src/client/browser.ts";

/** Who calls is in the session's cookie: this signs nothing, and sends what no form can. */
const signer = {
  async sign<Request>(request: Request): Promise<Request> {
    // the client of this file sends HTTP requests alone
    const http = request as { path: string; headers: Record<string, string> };
    http.path = CONSOLE_PATH;
    http.headers[CONSOLE_HEADER] = "1";
    return request;
  },
};

export const iam = new IAMClient({
  endpoint: `${location.origin}${CONSOLE_PATH}`,
  region: "us-east-1",
  credentials: { accessKeyId: "session-cookie", secretAccessKey: "session-cookie" },
  signer,
  // a code must not be tried twice
  maxAttempts: 1,
  requestHandler: new FetchHttpHandler({ credentials: "same-origin", cache: "no-store" }),
});
