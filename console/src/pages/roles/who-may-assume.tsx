import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { CheckedEditor, useChecked } from "../../parts/checked-editor.tsx";
import { PolicyText } from "../../parts/policy-text.tsx";
import { usePolicyWords } from "../../words/policies.ts";
import { useRoleWords } from "../../words/roles.ts";
import { useSession } from "../session.ts";
import { trustOf } from "./trust.ts";

type Who = keyof ReturnType<typeof useRoleWords>["whos"];

/** Who may assume a role that there is not yet. */
interface TrustDraft {
  readonly who: Who;
  readonly own: string;
  readonly account: string;
  readonly mfa: boolean;
  readonly custom: string;
  readonly hasErrors: boolean;
  readonly checked: ReturnType<typeof useChecked>;
  /** The trust policy that it makes; undefined where something is missing or wrong. */
  readonly document: string | undefined;
  readonly put: (change: Partial<Typed>) => void;
}

interface Typed {
  readonly who: Who;
  readonly account: string;
  readonly mfa: boolean;
  readonly custom: string;
}

/** As people read it out, too: in three groups. */
const digitsOf = (account: string): string => account.replace(/[\s-]/g, "");

export function useTrustDraft(): TrustDraft {
  const own = useSession().context.Account.AccountId;
  const [typed, setTyped] = useState<Typed>({ who: "this", account: "", mfa: false, custom: "" });
  const checked = useChecked(typed.custom, "trust");
  const { who, mfa, custom } = typed;
  const account = who === "this" ? own : digitsOf(typed.account);
  const isAccount = /^\d{12}$/.test(account) && (who === "this" || account !== own);
  const written = checked.hasErrors || custom.trim() === "" ? undefined : custom;
  const built = isAccount ? trustOf({ account, mfa }) : undefined;
  const put = (change: Partial<Typed>) => {
    // whoever writes on by himself begins with what there is
    const begun =
      change.who === "custom" && custom === "" ? { custom: built ?? trustOf({ account: own, mfa }) } : {};
    setTyped({ ...typed, ...begun, ...change });
  };
  return {
    ...typed,
    own,
    checked,
    hasErrors: checked.hasErrors,
    document: who === "custom" ? written : built,
    put,
  };
}

/** Asks who may assume the role, and shows what trust policy becomes of it. */
export function WhoMayAssume({ draft, tried }: { readonly draft: TrustDraft; readonly tried: boolean }) {
  const words = useRoleWords();
  const { hasErrors } = usePolicyWords();
  const { who, own, custom, put, checked } = draft;
  const texts = { ...words.whoTexts, this: words.whoTexts.this(own) };
  // the table's own keys
  const items = (Object.keys(words.whos) as Who[]).map((value) => ({
    value,
    label: words.whos[value],
    description: texts[value],
  }));
  return (
    <SpaceBetween size="l">
      <FormField label={words.who}>
        <RadioGroup
          value={who}
          items={items}
          // one of the items above
          onChange={({ detail }) => put({ who: detail.value as Who })}
        />
      </FormField>
      {who === "custom" ? (
        <CheckedEditor
          text={custom}
          onText={(text) => put({ custom: text })}
          checked={checked}
          errorText={tried && draft.document === undefined ? hasErrors : undefined}
        />
      ) : (
        <AccountTrust draft={draft} tried={tried} />
      )}
    </SpaceBetween>
  );
}

function AccountTrust({ draft, tried }: { readonly draft: TrustDraft; readonly tried: boolean }) {
  const words = useRoleWords();
  const { who, own, account, mfa, document, put } = draft;
  const wrong = digitsOf(account) === own ? words.accountSame : words.accountWrong;
  return (
    <SpaceBetween size="l">
      {who === "other" && (
        <FormField
          label={words.accountId}
          constraintText={words.accountHint}
          errorText={tried && document === undefined ? wrong : undefined}
        >
          <Input
            value={account}
            inputMode="numeric"
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => put({ account: detail.value })}
          />
        </FormField>
      )}
      <Checkbox
        checked={mfa}
        description={words.requireMfaText}
        onChange={({ detail }) => put({ mfa: detail.checked })}
      >
        {words.requireMfa}
      </Checkbox>
      <FormField label={words.preview} stretch>
        <PolicyText text={document ?? trustOf({ account: words.noAccount, mfa })} label={words.preview} />
      </FormField>
    </SpaceBetween>
  );
}
