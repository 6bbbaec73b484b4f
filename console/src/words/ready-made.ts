import { wordsOf } from "./words.tsx";

const english = {
  title: "Ready-made policies",
  about:
    "Policies that ask for MFA. Each shows what it changes and its whole document before it is attached; it becomes a policy of your account, and can be detached again at any time.",
  notForRoles:
    "For users and groups only: the session of a role never counts as signed in with MFA, so these would lock a role whole. For a role, ask for MFA in its trust policy.",
  notForRoot: "Root is under no policy of users and groups, and so not under these.",
  policies: {
    CountersignSelfManageMFA: {
      title: "Manage one's own MFA",
      what: "Lets people see to their own password, access keys and MFA devices. Until they are signed in with MFA they can do nothing else but set MFA up.",
      whom: "People with console access who set up MFA themselves, also those who have a path. A password that has to be changed is changed at sign-in.",
      source:
        "The newer form of the IAM User Guide: device names are free. A user's ARN with a path is named too, as in AWS's policy IAMUserChangePassword.",
    },
    CountersignSelfManageMFAClassic: {
      title: "Manage one's own MFA, classic form",
      what: "As above in the older form: a device must be called as its user is.",
      whom: "Accounts that have this form at AWS and want the same here. A user with a path cannot set up MFA under it: his ARN has the path in it, and the policy does not.",
      source: "The classic form of the IAM User Guide, without the parts on certificates, SSH keys and Git.",
    },
    CountersignRequireMFA: {
      title: "No sensitive action without MFA",
      what: "Denies what changes who may do what – users, groups, roles, policies, keys, devices, sessions, and assuming roles – to whoever is not signed in with MFA. Reading stays, and so does setting up MFA.",
      whom: "Administrators. Their access keys by themselves can change nothing any more: use temporary credentials that were given for a code.",
      source:
        "BoolIfExists with aws:MultiFactorAuthPresent, as the IAM User Guide recommends it: it denies also where the key is absent, as with access keys.",
    },
    CountersignRequireRecentMFA: {
      title: "No sensitive action without MFA of the last hour",
      what: "The same, and denies it too when the factor was proved more than an hour ago. Whoever is refused signs in anew.",
      whom: "Administrators of accounts where a session that was left open must not be enough.",
      source:
        "NumericGreaterThanIfExists with aws:MultiFactorAuthAge and 3600 seconds: it denies also where the key is absent, as it is without MFA.",
    },
    CountersignRequireMFAToRead: {
      title: "No reading of IAM without MFA",
      what: "Without MFA nobody sees other people, groups, roles or policies. One's own user, devices and keys stay readable, so that MFA can be set up.",
      whom: "Everybody who may read IAM. The rules for passwords are not shown without MFA either; they hold all the same.",
      source:
        "BoolIfExists with aws:MultiFactorAuthPresent, for all resources but one's own user (NotResource).",
    },
  },
  changes: "What it changes",
  whom: "For whom",
  source: "Where it comes from",
  document: "Document",
  documentOf: (policy: string) => `Document of ${policy}`,
  state: "In this account",
  missing: "Not yet: attaching it makes it",
  same: "As it is here",
  changed: "Changed by hand",
  changedTitle: "Your account's copy was changed by hand",
  changedText:
    "It says something else than the document here, and is what is attached. Below, what went is red and what came is green. Attaching it attaches your copy.",
  difference: "Your copy compared with the ready-made document",
  putBack: "Put the ready-made document in force",
  putBackNow: (policy: string) => `${policy} is again as it is here.`,
  attachedTo: "Attached to",
  nobody: "Nobody",
  kinds: { user: "User", group: "Group", role: "Role" },
  attach: "Attach",
  attachPolicy: (policy: string) => `Attach: ${policy}`,
  attachedNow: (policy: string, who: string) => `“${policy}” was attached to ${who}.`,
  detach: "Detach",
  detachFrom: (policy: string, who: string) => `Detach “${policy}” from ${who}`,
  detachTitle: (policy: string, who: string) => `Detach “${policy}” from ${who}?`,
  detachText: (who: string) =>
    `From then on ${who} does not need MFA for what this policy asks it for, unless another one does.`,
  detached: (policy: string, who: string) => `“${policy}” was detached from ${who}.`,
  to: "Attach to",
  toGroup: "A group",
  toUser: "A user",
  group: "Group",
  chooseGroup: "Choose a group",
  user: "User name",
  others: "This does not concern yourself.",
  nothingLost: "This concerns yourself, and takes nothing from you as you are signed in now.",
  lostTitle: "You would lose this yourself, as you are signed in now",
  lostText: "Sign in with MFA first, or attach it to others.",
  lockedOut: "You could not detach it again: another administrator or root would have to.",
  lostWithKeys: "Your access keys by themselves could not do this any more:",
  unknownTitle: "What this changes for yourself cannot be told",
  unknownText:
    "To be shown it you need iam:SimulatePrincipalPolicy and iam:ListGroupsForUser for yourself. Make sure that you are signed in with MFA before you attach it to yourself or to a group of yours.",
  mayNotSee:
    "You may not see whether the account has this policy: iam:GetPolicy, iam:GetPolicyVersion and iam:ListEntitiesForPolicy are needed.",
  mayNotAttach: "You may not attach this policy.",
};
const german: typeof english = {
  title: "Fertige Richtlinien",
  about:
    "Richtlinien, die MFA verlangen. Jede zeigt vor dem Zuordnen, was sie ändert, und ihr ganzes Dokument; sie wird eine Richtlinie Ihres Kontos und kann jederzeit wieder entfernt werden.",
  notForRoles:
    "Nur für Benutzer und Gruppen: Die Sitzung einer Rolle gilt nie als mit MFA angemeldet, diese Richtlinien würden eine Rolle also ganz sperren. Für eine Rolle verlangen Sie MFA in ihrer Vertrauensrichtlinie.",
  notForRoot: "Root steht unter keiner Richtlinie von Benutzern und Gruppen, also auch nicht unter diesen.",
  policies: {
    CountersignSelfManageMFA: {
      title: "Eigene MFA verwalten",
      what: "Lässt Personen ihr eigenes Passwort, ihre Zugriffsschlüssel und MFA-Geräte verwalten. Bis sie mit MFA angemeldet sind, können sie nichts anderes, als MFA einzurichten.",
      whom: "Personen mit Konsolenzugang, die MFA selbst einrichten, auch solche mit einem Pfad. Ein Passwort, das geändert werden muss, wird bei der Anmeldung geändert.",
      source:
        "Die neuere Form des IAM-Benutzerhandbuchs: Gerätenamen sind frei. Auch der ARN eines Benutzers mit Pfad ist genannt, wie in AWS' Richtlinie IAMUserChangePassword.",
    },
    CountersignSelfManageMFAClassic: {
      title: "Eigene MFA verwalten, klassische Form",
      what: "Wie oben in der älteren Form: Ein Gerät muss heißen wie sein Benutzer.",
      whom: "Konten, die diese Form bei AWS haben und hier dieselbe wollen. Ein Benutzer mit Pfad kann unter ihr keine MFA einrichten: Sein ARN enthält den Pfad, die Richtlinie nicht.",
      source:
        "Die klassische Form des IAM-Benutzerhandbuchs, ohne die Teile über Zertifikate, SSH-Schlüssel und Git.",
    },
    CountersignRequireMFA: {
      title: "Keine heikle Handlung ohne MFA",
      what: "Verweigert, was ändert, wer was darf – Benutzer, Gruppen, Rollen, Richtlinien, Schlüssel, Geräte, Sitzungen und das Übernehmen von Rollen –, wenn jemand nicht mit MFA angemeldet ist. Lesen bleibt, und MFA einrichten auch.",
      whom: "Administratoren. Ihre Zugriffsschlüssel allein können nichts mehr ändern: Verwenden Sie temporäre Anmeldeinformationen, die es gegen einen Code gibt.",
      source:
        "BoolIfExists mit aws:MultiFactorAuthPresent, wie es das IAM-Benutzerhandbuch empfiehlt: Es verweigert auch, wo der Schlüssel fehlt, wie bei Zugriffsschlüsseln.",
    },
    CountersignRequireRecentMFA: {
      title: "Keine heikle Handlung ohne MFA der letzten Stunde",
      what: "Dasselbe, und verweigert auch, wenn der Faktor vor mehr als einer Stunde nachgewiesen wurde. Wer abgewiesen wird, meldet sich neu an.",
      whom: "Administratoren von Konten, in denen eine offen gelassene Sitzung nicht genügen darf.",
      source:
        "NumericGreaterThanIfExists mit aws:MultiFactorAuthAge und 3600 Sekunden: Es verweigert auch, wo der Schlüssel fehlt, wie er es ohne MFA tut.",
    },
    CountersignRequireMFAToRead: {
      title: "Kein Lesen von IAM ohne MFA",
      what: "Ohne MFA sieht niemand andere Personen, Gruppen, Rollen oder Richtlinien. Der eigene Benutzer, seine Geräte und Schlüssel bleiben lesbar, damit MFA eingerichtet werden kann.",
      whom: "Alle, die IAM lesen dürfen. Auch die Regeln für Passwörter werden ohne MFA nicht angezeigt; sie gelten trotzdem.",
      source:
        "BoolIfExists mit aws:MultiFactorAuthPresent, für alle Ressourcen außer dem eigenen Benutzer (NotResource).",
    },
  },
  changes: "Was sie ändert",
  whom: "Für wen",
  source: "Woher sie kommt",
  document: "Dokument",
  documentOf: (policy) => `Dokument von ${policy}`,
  state: "In diesem Konto",
  missing: "Noch nicht: Beim Zuordnen wird sie erstellt",
  same: "Wie hier",
  changed: "Von Hand geändert",
  changedTitle: "Die Fassung Ihres Kontos wurde von Hand geändert",
  changedText:
    "Sie sagt etwas anderes als das Dokument hier und ist das, was zugeordnet ist. Unten ist rot, was wegfiel, und grün, was dazukam. Zuordnen ordnet Ihre Fassung zu.",
  difference: "Ihre Fassung verglichen mit dem fertigen Dokument",
  putBack: "Das fertige Dokument in Kraft setzen",
  putBackNow: (policy) => `${policy} ist wieder wie hier.`,
  attachedTo: "Zugeordnet",
  nobody: "Niemandem",
  kinds: { user: "Benutzer", group: "Gruppe", role: "Rolle" },
  attach: "Zuordnen",
  attachPolicy: (policy) => `Zuordnen: ${policy}`,
  attachedNow: (policy, who) => `„${policy}“ wurde ${who} zugeordnet.`,
  detach: "Entfernen",
  detachFrom: (policy, who) => `„${policy}“ von ${who} entfernen`,
  detachTitle: (policy, who) => `„${policy}“ von ${who} entfernen?`,
  detachText: (who) =>
    `Von da an braucht ${who} keine MFA mehr für das, wofür diese Richtlinie sie verlangt, außer eine andere tut es.`,
  detached: (policy, who) => `„${policy}“ wurde von ${who} entfernt.`,
  to: "Zuordnen zu",
  toGroup: "Einer Gruppe",
  toUser: "Einem Benutzer",
  group: "Gruppe",
  chooseGroup: "Gruppe wählen",
  user: "Benutzername",
  others: "Das betrifft Sie selbst nicht.",
  nothingLost: "Das betrifft auch Sie und nimmt Ihnen nichts, so wie Sie jetzt angemeldet sind.",
  lostTitle: "So wie Sie jetzt angemeldet sind, würden Sie selbst das verlieren",
  lostText: "Melden Sie sich zuerst mit MFA an, oder ordnen Sie sie anderen zu.",
  lockedOut: "Sie könnten sie nicht wieder entfernen: Ein anderer Administrator oder Root müsste es tun.",
  lostWithKeys: "Ihre Zugriffsschlüssel allein könnten das nicht mehr:",
  unknownTitle: "Was sich für Sie selbst ändert, lässt sich nicht sagen",
  unknownText:
    "Dafür brauchen Sie iam:SimulatePrincipalPolicy und iam:ListGroupsForUser für sich selbst. Vergewissern Sie sich, dass Sie mit MFA angemeldet sind, bevor Sie sie sich oder einer Ihrer Gruppen zuordnen.",
  mayNotSee:
    "Sie dürfen nicht sehen, ob das Konto diese Richtlinie hat: iam:GetPolicy, iam:GetPolicyVersion und iam:ListEntitiesForPolicy werden gebraucht.",
  mayNotAttach: "Sie dürfen diese Richtlinie nicht zuordnen.",
};

export const useReadyMadeWords = wordsOf({ en: english, de: german });
