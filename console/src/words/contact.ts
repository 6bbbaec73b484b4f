import { wordsOf } from "./words.tsx";

const english = {
  title: "Contact address",
  ownAbout:
    "Where you are told by e-mail when your password, your MFA devices or this address change, or when somebody signs in as you from a new browser. Nothing else is sent there, and it opens no door: no password is reset by it.",
  about:
    "Where this user is told by e-mail when the password, MFA devices or this address change, or when somebody signs in from a new browser. It resets no password.",
  denied: "You may not see the contact address of this user",
  mfaFirst: "Sign in with MFA to change it",
  mfaFirstText: "Whoever has only your password could otherwise lead away what you are told.",
  address: "E-mail address",
  state: "State",
  none: "None. Notices wait in the console instead.",
  confirmed: "Confirmed",
  waiting: "Waits to be confirmed",
  waitingText:
    "If this server can send mail, a link was sent to it. It counts once its owner, signed in here, has followed the link and confirmed; until then notices go to the address before, if there was one.",
  changed: "Changed",
  set: "Set address",
  change: "Change address",
  remove: "Remove address",
  setTitle: "Set the contact address",
  ownSetText:
    "A link is sent to it. Follow it while you are signed in here, within a day. The address before, if there is one, is told of the change.",
  setText: (name: string) =>
    `A link is sent to it, which ${name} follows signed in here, within a day. The address before, if there is one, is told of the change.`,
  send: "Send link",
  wrong: "This is no e-mail address.",
  saved: (address: string) => `A link to confirm it goes to ${address}.`,
  removeTitle: "Remove the contact address?",
  removeText: "Notices are not mailed any more: they wait in the console until the next sign-in.",
  removed: "The contact address was removed.",
  confirmTitle: "Confirm an address",
  confirmText: (who: string) =>
    `You are signed in as ${who}. With this button you confirm that mail to the address that this link was sent to reaches you, and that notices about security may go there.`,
  confirm: "Confirm address",
  confirmedTitle: "The address is confirmed",
  confirmedText: "Notices go there from now on.",
  toMe: "My security credentials",
  invalidTitle: "This link does not work here",
  invalidText:
    "It works once and for a day, and only for whom it was sent to. If you are signed in as somebody else, sign in as that user and open the link again. If it is old or was used, set the address anew.",
  noTokenTitle: "The link is not whole",
  noTokenText: "Open the link of the mail again, all of it: what stands behind the # is missing.",
};

const german: typeof english = {
  title: "Kontaktadresse",
  ownAbout:
    "Dorthin wird Ihnen gemailt, wenn sich Ihr Passwort, Ihre MFA-Geräte oder diese Adresse ändern oder sich jemand mit einem neuen Browser als Sie anmeldet. Sonst wird nichts dorthin gesendet, und sie öffnet keine Tür: Kein Passwort wird damit zurückgesetzt.",
  about:
    "Dorthin wird diesem Benutzer gemailt, wenn sich Passwort, MFA-Geräte oder diese Adresse ändern oder sich jemand mit einem neuen Browser anmeldet. Kein Passwort wird damit zurückgesetzt.",
  denied: "Sie dürfen die Kontaktadresse dieses Benutzers nicht sehen",
  mfaFirst: "Zum Ändern mit MFA anmelden",
  mfaFirstText: "Wer nur Ihr Passwort hat, könnte sonst umleiten, was Ihnen mitgeteilt wird.",
  address: "E-Mail-Adresse",
  state: "Status",
  none: "Keine. Nachrichten warten stattdessen in der Konsole.",
  confirmed: "Bestätigt",
  waiting: "Noch nicht bestätigt",
  waitingText:
    "Kann dieser Server E-Mail senden, ging ein Link dorthin. Die Adresse gilt, sobald ihr Inhaber hier angemeldet dem Link gefolgt ist und bestätigt hat; bis dahin gehen Nachrichten an die bisherige Adresse, falls es eine gab.",
  changed: "Geändert",
  set: "Adresse angeben",
  change: "Adresse ändern",
  remove: "Adresse entfernen",
  setTitle: "Kontaktadresse angeben",
  ownSetText:
    "Ein Link wird dorthin gesendet. Folgen Sie ihm innerhalb eines Tages, während Sie hier angemeldet sind. Die bisherige Adresse, falls es eine gibt, erfährt von der Änderung.",
  setText: (name) =>
    `Ein Link wird dorthin gesendet, dem ${name} innerhalb eines Tages hier angemeldet folgt. Die bisherige Adresse, falls es eine gibt, erfährt von der Änderung.`,
  send: "Link senden",
  wrong: "Das ist keine E-Mail-Adresse.",
  saved: (address) => `Ein Link zur Bestätigung geht an ${address}.`,
  removeTitle: "Die Kontaktadresse entfernen?",
  removeText: "Nachrichten werden nicht mehr gemailt: Sie warten in der Konsole auf die nächste Anmeldung.",
  removed: "Die Kontaktadresse wurde entfernt.",
  confirmTitle: "Adresse bestätigen",
  confirmText: (who) =>
    `Sie sind als ${who} angemeldet. Mit diesem Knopf bestätigen Sie, dass E-Mail an die Adresse, an die dieser Link ging, Sie erreicht, und dass Nachrichten zur Sicherheit dorthin gehen dürfen.`,
  confirm: "Adresse bestätigen",
  confirmedTitle: "Die Adresse ist bestätigt",
  confirmedText: "Nachrichten gehen ab jetzt dorthin.",
  toMe: "Meine Sicherheitsdaten",
  invalidTitle: "Dieser Link gilt hier nicht",
  invalidText:
    "Er gilt einmal und einen Tag lang, und nur für die Person, der er gesendet wurde. Sind Sie als jemand anderes angemeldet, melden Sie sich als diese an und öffnen Sie den Link erneut. Ist er alt oder schon benutzt, geben Sie die Adresse neu an.",
  noTokenTitle: "Der Link ist nicht vollständig",
  noTokenText: "Öffnen Sie den Link aus der E-Mail noch einmal ganz: Was hinter dem # steht, fehlt.",
};

export const useContactWords = wordsOf({ en: english, de: german });
