import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { PasswordPolicy } from "../../api/account.ts";
import { useSettingsWords } from "../../words/settings.ts";

/** The kinds of characters that a policy may ask for. */
export const KINDS = ["uppercase", "lowercase", "numbers", "symbols"] as const;

export function PasswordPolicyFacts({ policy }: { readonly policy: PasswordPolicy }) {
  const { password: words } = useSettingsWords();
  const required = KINDS.filter((kind) => policy[kind]);
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={240}
      items={[
        { label: words.minimumLength, value: words.characters(policy.minimumLength) },
        {
          label: words.requires,
          value:
            required.length === 0 ? (
              words.nothing
            ) : (
              <ul className="list">
                {required.map((kind) => (
                  <li key={kind}>{words[kind]}</li>
                ))}
              </ul>
            ),
        },
        {
          label: words.mayChangeOwn,
          value: policy.mayChangeOwn ? words.mayChange : words.mayNotChange,
        },
        {
          label: words.expires,
          value: (
            <>
              {policy.maxAge === 0 ? words.never : words.after(policy.maxAge)}
              {policy.maxAge > 0 && policy.hardExpiry && <div>{words.hardExpiry}</div>}
            </>
          ),
        },
        {
          label: words.remembered,
          value: policy.remembered === 0 ? words.noneRemembered : words.last(policy.remembered),
        },
      ]}
    />
  );
}
