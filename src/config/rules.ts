import { isLoopback } from "./loopback.ts";
import { SETTING_KEYS, type Settings, settingRow } from "./settings.ts";

/** A rule that several settings make together. */
interface Rule {
  readonly broken: (settings: Settings) => boolean;
  readonly sentence: string;
  readonly hint: string;
}

const given = (value: unknown): number => (value === undefined ? 0 : 1);

const RULES: readonly Rule[] = [
  {
    broken: ({ key, keyFile, keyCommand }) => given(key) + given(keyFile) + given(keyCommand) > 1,
    sentence: "the root key comes from one place, not several",
    hint: "keep one of COUNTERSIGN_KEY, `key-file` and `key-command`",
  },
  {
    broken: ({ tlsCert, tlsKey }) => given(tlsCert) !== given(tlsKey),
    sentence: "`tls-cert` and `tls-key` go together",
    hint: "give both or neither",
  },
  {
    broken: ({ smtpUrl, mailFrom }) => given(smtpUrl) !== given(mailFrom),
    sentence: "`smtp-url` and `mail-from` go together",
    hint: "give both or neither",
  },
  {
    broken: ({ smtpUrl, smtpPassword }) => given(smtpUrl?.user) !== given(smtpPassword),
    sentence: "the user in `smtp-url` and COUNTERSIGN_SMTP_PASSWORD go together",
    hint: "give both, as `smtp://user@mail.example.com:587` and its password, or neither",
  },
  {
    // DESIGN 1, "where it listens"
    broken: ({ listen, tlsCert, trustedProxies, unsafePlainHttp }) =>
      !isLoopback(listen.host) && tlsCert === undefined && trustedProxies === undefined && !unsafePlainHttp,
    sentence:
      "other machines can reach this address, and codes and passwords would cross the network unencrypted",
    hint: "give `--tls-cert` and `--tls-key`, name the proxy in front with `--trusted-proxies`, or say `--unsafe-plain-http`",
  },
];

/** The first rule that `settings` break, or undefined. */
export const brokenRule = (settings: Settings): Rule | undefined =>
  RULES.find((rule) => rule.broken(settings));

/** What the given values open, one sentence each. */
export function startWarnings(settings: Settings): readonly string[] {
  return SETTING_KEYS.flatMap((key) => {
    const value = settings[key];
    const warning = value === undefined ? undefined : settingRow(key).warning?.(value);
    return warning === undefined ? [] : [warning];
  });
}
