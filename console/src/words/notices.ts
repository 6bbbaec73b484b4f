import { useBrowserText } from "../parts/browser.tsx";
import { wordsOf } from "./words.tsx";

/** What a notice tells, as the server has it. */
interface Told {
  readonly Kind: string;
  /** Whose it is; absent for root and for the account's security contact. */
  readonly UserName?: string | undefined;
  readonly Details: readonly { readonly Key: string; readonly Value: string }[];
}

export interface NoticeText {
  readonly title: string;
  readonly text: string;
}

interface Parts {
  readonly who: string;
  readonly device: string;
  /** Absent where one was taken away. */
  readonly address: string | undefined;
}

const english = {
  root: "the root user",
  aDevice: "A device",
  /** By the server's kind: to whose it is, then to those who look after the account. */
  own: {
    "factor-added": {
      title: "An MFA device was added to your account",
      text: ({ device }: Parts) => `${device} can sign you in from now on.`,
    },
    "factor-removed": {
      title: "An MFA device was removed from your account",
      text: ({ device }: Parts) => `${device} does not sign you in any more.`,
    },
    "password-changed": {
      title: "Your password was changed",
      text: () => "A password from before does not work any more.",
    },
    "contact-changed": {
      title: "Your contact address was changed",
      text: ({ address }: Parts) =>
        address === undefined
          ? "It was taken away: notices wait on these pages."
          : `It is ${address} now. Until that is confirmed, notices go to the address before.`,
    },
    "new-device-signed-in": {
      title: "Somebody signed in as you from a new browser",
      text: () => "This browser was not seen with your account before.",
    },
    "waits-reached": {
      title: "Many wrong codes were typed for you",
      text: () => "Whoever types them knows your password or your access key. Each further try has to wait.",
    },
    "password-waits-reached": {
      title: "Somebody tried to change your password many times",
      text: () =>
        "The old password was wrong each time. Whoever tries holds an access key or a session of yours, and has to wait now.",
    },
    "device-locked": {
      title: "One of your MFA devices is locked",
      text: ({ device }: Parts) =>
        `${device} takes no codes after a hundred wrong ones in a row. Sign in with another device, and it is open again.`,
    },
    "confirm-contact": {
      title: "Your contact address is not confirmed",
      text: ({ address }: Parts) =>
        `No mail could be sent to ${address}. Check it under My security credentials, and save it again once the server can send mail.`,
    },
    "confirm-security-contact": {
      title: "The security contact is not confirmed",
      text: ({ address }: Parts) =>
        `No mail could be sent to ${address}. Check it in the account settings, and save it again once the server can send mail.`,
    },
  },
  others: {
    "factor-added": { title: ({ who }: Parts) => `An MFA device was added to ${who}` },
    "factor-removed": { title: ({ who }: Parts) => `An MFA device was removed from ${who}` },
    "password-changed": { title: ({ who }: Parts) => `The password of ${who} was changed` },
    "contact-changed": { title: ({ who }: Parts) => `The contact address of ${who} was changed` },
    "new-device-signed-in": { title: ({ who }: Parts) => `A new browser signed in as ${who}` },
    "waits-reached": { title: ({ who }: Parts) => `Many wrong codes were typed for ${who}` },
    "password-waits-reached": {
      title: ({ who }: Parts) => `Somebody tried to change the password of ${who} many times`,
    },
    "device-locked": { title: ({ who }: Parts) => `An MFA device of ${who} is locked` },
    "confirm-contact": { title: ({ who }: Parts) => `The contact address of ${who} is not confirmed` },
    "confirm-security-contact": { title: () => "The security contact is not confirmed" },
  },
  other: "Something about the security of this account has changed",
  /** Where and by whom it was done. */
  device: (device: string) => `Device: ${device}.`,
  by: (who: string) => `Done by ${who}.`,
  from: (ip: string, browser: string | undefined) =>
    browser === undefined ? `From ${ip}.` : `From ${ip}, ${browser}.`,
  advice: "If this was not you, change your password, end your other sessions and tell an administrator.",
};

const german: typeof english = {
  root: "Root",
  aDevice: "Ein Gerät",
  own: {
    "factor-added": {
      title: "Ihrem Konto wurde ein MFA-Gerät hinzugefügt",
      text: ({ device }) => `${device} meldet Sie ab jetzt an.`,
    },
    "factor-removed": {
      title: "Ein MFA-Gerät wurde aus Ihrem Konto entfernt",
      text: ({ device }) => `${device} meldet Sie nicht mehr an.`,
    },
    "password-changed": {
      title: "Ihr Passwort wurde geändert",
      text: () => "Ein Passwort von vorher gilt nicht mehr.",
    },
    "contact-changed": {
      title: "Ihre Kontaktadresse wurde geändert",
      text: ({ address }) =>
        address === undefined
          ? "Sie wurde entfernt: Nachrichten warten auf diesen Seiten."
          : `Sie ist jetzt ${address}. Bis diese bestätigt ist, gehen Nachrichten an die bisherige Adresse.`,
    },
    "new-device-signed-in": {
      title: "Jemand hat sich mit einem neuen Browser als Sie angemeldet",
      text: () => "Dieser Browser war bisher nicht mit Ihrem Konto angemeldet.",
    },
    "waits-reached": {
      title: "Für Sie wurden viele falsche Codes eingegeben",
      text: () =>
        "Wer sie eingibt, kennt Ihr Passwort oder Ihren Zugriffsschlüssel. Jeder weitere Versuch muss warten.",
    },
    "password-waits-reached": {
      title: "Jemand wollte Ihr Passwort viele Male ändern",
      text: () =>
        "Das alte Passwort war jedes Mal falsch. Wer das versucht, hat einen Zugriffsschlüssel oder eine Sitzung von Ihnen und muss jetzt warten.",
    },
    "device-locked": {
      title: "Eines Ihrer MFA-Geräte ist gesperrt",
      text: ({ device }) =>
        `${device} nimmt nach hundert falschen Codes in Folge keine mehr an. Melden Sie sich mit einem anderen Gerät an, dann geht es wieder.`,
    },
    "confirm-contact": {
      title: "Ihre Kontaktadresse ist nicht bestätigt",
      text: ({ address }) =>
        `An ${address} konnte keine E-Mail gesendet werden. Prüfen Sie sie unter Meine Sicherheitsdaten, und speichern Sie sie neu, wenn der Server E-Mail senden kann.`,
    },
    "confirm-security-contact": {
      title: "Der Sicherheitskontakt ist nicht bestätigt",
      text: ({ address }) =>
        `An ${address} konnte keine E-Mail gesendet werden. Prüfen Sie sie in den Kontoeinstellungen, und speichern Sie sie neu, wenn der Server E-Mail senden kann.`,
    },
  },
  others: {
    "factor-added": { title: ({ who }) => `MFA-Gerät hinzugefügt: ${who}` },
    "factor-removed": { title: ({ who }) => `MFA-Gerät entfernt: ${who}` },
    "password-changed": { title: ({ who }) => `Passwort geändert: ${who}` },
    "contact-changed": { title: ({ who }) => `Kontaktadresse geändert: ${who}` },
    "new-device-signed-in": { title: ({ who }) => `Mit einem neuen Browser angemeldet: ${who}` },
    "waits-reached": { title: ({ who }) => `Viele falsche Codes eingegeben: ${who}` },
    "password-waits-reached": {
      title: ({ who }) => `Viele Versuche, das Passwort zu ändern: ${who}`,
    },
    "device-locked": { title: ({ who }) => `MFA-Gerät gesperrt: ${who}` },
    "confirm-contact": { title: ({ who }) => `Kontaktadresse nicht bestätigt: ${who}` },
    "confirm-security-contact": { title: () => "Der Sicherheitskontakt ist nicht bestätigt" },
  },
  other: "An der Sicherheit dieses Kontos hat sich etwas geändert",
  device: (device) => `Gerät: ${device}.`,
  by: (who) => `Von ${who}.`,
  from: (ip, browser) => (browser === undefined ? `Von ${ip} aus.` : `Von ${ip} aus, ${browser}.`),
  advice:
    "Waren Sie das nicht, ändern Sie Ihr Passwort, beenden Sie Ihre anderen Sitzungen und sagen Sie es der Administration Ihres Kontos.",
};

const useNoticeWords = wordsOf({ en: english, de: german });

/** A notice in words: as its owner reads it, or as somebody who looks after the account does. */
export function useNoticeText(): (notice: Told, reader: "owner" | "administrator") => NoticeText {
  const words = useNoticeWords();
  const browserText = useBrowserText();
  return ({ Kind, UserName, Details }, reader) => {
    const { device, sourceIp, userAgent, by, address } = Object.fromEntries(
      Details.map(({ Key, Value }) => [Key, Value]),
    );
    const parts: Parts = {
      who: UserName ?? words.root,
      device: device === undefined ? words.aDevice : lastOf(device),
      address,
    };
    const where = [
      by !== undefined && words.by(lastOf(by)),
      sourceIp !== undefined &&
        words.from(sourceIp, userAgent === undefined ? undefined : browserText(userAgent)),
    ];
    const own = rowOf(words.own, Kind);
    if (reader === "owner") {
      const advice = !Kind.startsWith("confirm-") && words.advice;
      return { title: own?.title ?? words.other, text: sentences(own?.text(parts), ...where, advice) };
    }
    const about = device !== undefined && words.device(lastOf(device));
    return {
      title: rowOf(words.others, Kind)?.title(parts) ?? words.other,
      text: sentences(about, ...where),
    };
  };
}

const sentences = (...texts: readonly (string | false | undefined)[]): string =>
  texts.filter((text) => typeof text === "string").join(" ");

/** Of an ARN the name. */
const lastOf = (arn: string): string => (arn.startsWith("arn:") ? arn.slice(arn.search(/[^/:]*$/)) : arn);

/** Own keys alone, so that no kind finds what every object has. */
const rowOf = <Row>(rows: Readonly<Record<string, Row>>, kind: string): Row | undefined =>
  Object.hasOwn(rows, kind) ? rows[kind] : undefined;
