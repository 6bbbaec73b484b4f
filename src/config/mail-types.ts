import { isIP } from "node:net";
import { accept, refuse } from "#base/outcome.ts";
import { isMailAddress } from "#identity/mail-address.ts";
import type { SmtpServer } from "#outbound/smtp.ts";
import { isLoopback } from "./loopback.ts";
import type { SettingType } from "./types.ts";

/** RFC 6409 section 3.1, RFC 8314 section 7.3. */
const PORTS = { "smtp:": 587, "smtps:": 465 };

/** `smtp://user@mail.example.com:587` encrypts by STARTTLS before anything else is said, `smtps://` from the first byte on. */
export const SMTP_URL: SettingType<SmtpServer> = {
  placeholder: "URL",
  parse: (text) => {
    const url = URL.parse(text);
    const { protocol } = url ?? {};
    if (url === null || (protocol !== "smtp:" && protocol !== "smtps:")) return refuse(EXPECTED);
    if (url.password !== "") return refuse("a URL without a password; COUNTERSIGN_SMTP_PASSWORD has it");
    const host = hostOf(url);
    const user = decoded(url.username);
    const bare = (url.pathname === "" || url.pathname === "/") && `${url.search}${url.hash}` === "";
    if (host === undefined || user === undefined || !bare) return refuse(EXPECTED);
    return accept({
      host,
      port: url.port === "" ? PORTS[protocol] : Number(url.port),
      encryption: protocol === "smtps:" ? "tls" : isLoopback(host) ? "none" : "starttls",
      user: user === "" ? undefined : user,
    });
  },
};

const EXPECTED = "an `smtp://` or `smtps://` URL, such as `smtp://user@mail.example.com:587`";

function hostOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(host) !== 0 || /^[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(host) ? host : undefined;
}

/** Undefined for what is no text once decoded, or holds what would end a line. */
function decoded(user: string): string | undefined {
  try {
    const text = decodeURIComponent(user);
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

export const MAIL_ADDRESS: SettingType<string> = {
  placeholder: "ADDRESS",
  parse: (text) =>
    isMailAddress(text) ? accept(text) : refuse("a mail address, such as `countersign@example.com`"),
};
