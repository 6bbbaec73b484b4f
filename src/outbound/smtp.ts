import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import { MINUTE, SECOND } from "#base/clock.ts";
import { isMailAddress } from "#identity/mail-address.ts";
import type { Mail, Notifier, Sent } from "#ports/notifier.ts";
import { reasonOf } from "./smtp-reasons.ts";

/** The server that mail goes through. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /**
   * `tls` from the first byte, `starttls` before anything else is said, `none` on this machine alone: what listens there seldom has a
   * certificate for that name.
   */
  readonly encryption: "tls" | "starttls" | "none";
  readonly user: string | undefined;
}

export interface SmtpOptions {
  readonly server: SmtpServer;
  readonly password: string | undefined;
  /** The sender: an address, and the name before it. */
  readonly from: string;
  readonly fromName: string;
}

/** One whole mail; a lease on it is twice as long. */
const LONGEST_MS = MINUTE / 2;
const STEP_MS = 10 * SECOND;

/** Mail through one SMTP server, a connection a mail. The library is loaded for the first one. */
export function openSmtp(options: SmtpOptions): Notifier {
  return {
    from: options.from,
    host: options.server.host,
    async send(mail, signal) {
      // a line break would begin a header, or a command to the server
      if (!isMailAddress(mail.to))
        return { ok: false, again: false, reason: "the address is not one that mail is sent to" };
      const limit = AbortSignal.timeout(LONGEST_MS);
      return deliver(options, mail, signal === undefined ? limit : AbortSignal.any([limit, signal]));
    },
  };
}

async function deliver(options: SmtpOptions, mail: Mail, signal: AbortSignal): Promise<Sent> {
  try {
    const { createTransport } = await import("nodemailer");
    await createTransport(transportOf(options)).sendMail(messageOf(options, mail, signal));
    return { ok: true };
  } catch (error) {
    return { ok: false, ...reasonOf(error) };
  }
}

function transportOf({ server, password }: SmtpOptions): SMTPTransport.Options {
  const { host, port, encryption, user } = server;
  return {
    host,
    port,
    secure: encryption === "tls",
    requireTLS: encryption === "starttls",
    ignoreTLS: encryption === "none",
    tls: { minVersion: "TLSv1.2", rejectUnauthorized: true },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
    // no part of a mail is ever fetched
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function messageOf({ from, fromName }: SmtpOptions, mail: Mail, signal: AbortSignal) {
  return {
    // as objects: taken for one address each, not parsed as a list
    from: { name: fromName, address: from },
    to: { name: "", address: mail.to },
    envelope: { from, to: mail.to },
    subject: oneLine(mail.subject),
    text: mail.text,
    ...(mail.id === undefined ? {} : { messageId: `<${mail.id}@${from.slice(from.lastIndexOf("@") + 1)}>` }),
    // RFC 3834 section 5: no holiday notice answers it
    headers: { "Auto-Submitted": "auto-generated" },
    xMailer: false as const,
    signal,
  };
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ");
