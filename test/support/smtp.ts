import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text as read } from "node:stream/consumers";
import { SMTPServer as Server, type SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A mail as it came. */
export interface ArrivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** Its head, as it stood. */
  readonly head: string;
  /** Its text, read as a person would. */
  readonly text: string;
  /** It came over an encrypted connection. */
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** A real SMTP server with one mailbox for everybody. */
export interface Mailbox extends AsyncDisposable {
  /** For the setting `smtp-url`. */
  readonly url: string;
  readonly port: number;
  /** All that came so far, in order. */
  readonly all: readonly ArrivedMail[];
  /** The first mail that matches and was not handed out before; waits for it, but not for ever. */
  next(match?: (mail: ArrivedMail) => boolean): Promise<ArrivedMail>;
  close(): Promise<void>;
}

/** Far more than a mail takes, also on a machine with other work. */
const WITHIN_MS = 20_000;

/** Starts one on a free port of 127.0.0.1. It takes every mail in the clear, unless `options` say otherwise. */
export async function startMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const all: ArrivedMail[] = [];
  const handedOut = new Set<ArrivedMail>();
  const arrivals = new EventTarget();
  const server: SMTPServer = new Server({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      read(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        all.push({
          ...parsed(raw),
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
        });
        arrivals.dispatchEvent(new Event("mail"));
        done();
      }, done);
    },
    ...options,
  });
  // a client that breaks off is what some tests are about
  server.on("error", () => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  // it listens on TCP
  const { port } = server.server.address() as AddressInfo;
  // a test that fails before it closes must end all the same
  server.server.unref();
  const close = () => new Promise<void>((closed) => server.close(closed));
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    all,
    async next(match = () => true) {
      const signal = AbortSignal.timeout(WITHIN_MS);
      for (;;) {
        const found = all.find((mail) => !handedOut.has(mail) && match(mail));
        if (found !== undefined) {
          handedOut.add(found);
          return found;
        }
        await once(arrivals, "mail", { signal }).catch(() => {
          throw new Error(
            `no such mail came; there were: ${all.map(({ to, subject }) => `${to}: ${subject}`).join("; ")}`,
          );
        });
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function parsed(raw: string): Pick<ArrivedMail, "head" | "subject" | "text"> {
  const end = raw.indexOf("\r\n\r\n");
  const head = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, " ");
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  const body = raw.slice(end + 4).replaceAll("\r\n", "\n");
  return { head, subject: field("Subject"), text: decoded(body, field("Content-Transfer-Encoding")) };
}

function decoded(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString();
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replaceAll("=\n", "")
    .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
