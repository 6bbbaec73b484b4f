import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import { deletePasswordPolicy, loadPasswordPolicy } from "../../api/account.ts";
import { open } from "../../api/unchanged.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useSettingsWords } from "../../words/settings.ts";
import { useSession } from "../session.ts";
import { EditPasswordPolicy } from "./edit-password-policy.tsx";
import { PasswordPolicyFacts } from "./password-facts.tsx";

/** What the passwords of users must be. */
export function PasswordCard() {
  const { password: words, edit } = useSettingsWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(useCallback(() => open(loadPasswordPolicy), []));
  const [asked, setAsked] = useState<"edit" | "delete">();
  const act = useAct();
  const own = value?.value.own;
  const done = async (text: string) => {
    setAsked(undefined);
    tell(text);
    await reload();
  };
  const toDefault = async () => {
    if (await act.run(deletePasswordPolicy)) await done(words.isDefaultNow);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.about}
          actions={
            value !== undefined && (
              <SpaceBetween direction="horizontal" size="xs">
                {own !== undefined && <Button onClick={() => setAsked("delete")}>{words.toDefault}</Button>}
                <Button ariaLabel={words.editTitle} onClick={() => setAsked("edit")}>
                  {edit}
                </Button>
              </SpaceBetween>
            )
          }
        >
          {words.title}
        </Header>
      }
    >
      <FailureAlert failure={failure} denied={words.denied} />
      {value === undefined ? (
        failure === undefined && <Skeleton lines={3} />
      ) : (
        <SpaceBetween size="m">
          <StatusIndicator type="info">{own === undefined ? words.isDefault : words.own}</StatusIndicator>
          {own === undefined ? <Box>{words.defaultText}</Box> : <PasswordPolicyFacts policy={own} />}
        </SpaceBetween>
      )}
      {asked === "edit" && value !== undefined && (
        <EditPasswordPolicy
          opened={value}
          onClose={() => setAsked(undefined)}
          onSaved={() => void done(words.saved)}
        />
      )}
      {asked === "delete" && (
        <Confirm
          title={words.toDefaultTitle}
          verb={words.toDefault}
          act={act}
          onConfirm={() => void toDefault()}
          onClose={() => setAsked(undefined)}
        >
          <p>{words.toDefaultText}</p>
          <p>{words.defaultText}</p>
        </Confirm>
      )}
    </Container>
  );
}
