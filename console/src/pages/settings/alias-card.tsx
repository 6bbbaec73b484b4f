import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useCallback, useState } from "react";
import { loadAlias, removeAlias } from "../../api/account.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useSettingsWords } from "../../words/settings.ts";
import { useSession } from "../session.ts";
import { OneThingHead } from "./one-thing-head.tsx";
import { SetAlias } from "./set-alias.tsx";

/** What the account is called by, and where its users sign in. */
export function AliasCard() {
  const { alias: words, remove } = useSettingsWords();
  const { context, renew, tell } = useSession();
  const { AccountId, SignInUrl } = context.Account;
  const { value, failure, reload } = useLoad(useCallback(async () => ({ alias: await loadAlias() }), []));
  const [asked, setAsked] = useState<"set" | "remove">();
  const act = useAct();
  const alias = value?.alias;
  const done = async (text: string) => {
    setAsked(undefined);
    tell(text);
    await Promise.all([reload(), renew()]);
  };
  const takeAway = async () => {
    if (alias !== undefined && (await act.run(() => removeAlias(alias)))) await done(words.removed);
  };
  return (
    <Container
      header={
        <OneThingHead title={words.title} about={words.about} isSet={alias !== undefined} onAsk={setAsked} />
      }
    >
      <SpaceBetween size="m">
        <FailureAlert failure={failure} denied={words.denied} />
        {value === undefined && failure === undefined && <Skeleton lines={2} />}
        <KeyValuePairs
          columns={3}
          minColumnWidth={240}
          items={[
            ...(value === undefined ? [] : [{ label: words.alias, value: alias ?? words.none }]),
            { label: words.accountId, value: <Copied text={AccountId} what={words.accountId} /> },
            { label: words.url, value: <Copied text={SignInUrl} what={words.url} /> },
          ]}
        />
      </SpaceBetween>
      {asked === "set" && (
        <SetAlias
          before={alias}
          onClose={() => setAsked(undefined)}
          onSaved={(saved) => void done(words.saved(saved))}
        />
      )}
      {asked === "remove" && alias !== undefined && (
        <Confirm
          title={words.removeTitle(alias)}
          verb={remove}
          typed={alias}
          act={act}
          onConfirm={takeAway}
          onClose={() => setAsked(undefined)}
        >
          {words.removeText}
        </Confirm>
      )}
    </Container>
  );
}

const Copied = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <>
    <span className="id">{text}</span> <CopyButton text={text} what={what} inline />
  </>
);
