import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isAcceptable, NewPassword, type NewPasswordText, NO_PASSWORD } from "../../parts/new-password.tsx";
import type { Rules } from "../../parts/password-rules.ts";
import { useUserListWords } from "../../words/users.ts";

/** Whether somebody gets a password, and which. */
export interface Access {
  readonly wanted: boolean;
  readonly way: "generated" | "own";
  readonly own: NewPasswordText;
}

export const NO_ACCESS: Access = { wanted: false, way: "generated", own: NO_PASSWORD };

export const isAccessFit = ({ wanted, way, own }: Access, rules: Rules | undefined): boolean =>
  !wanted || way === "generated" || isAcceptable(own, rules);

export function FirstPassword({
  access,
  onAccess,
  rules,
  checked,
}: {
  readonly access: Access;
  readonly onAccess: (access: Access) => void;
  readonly rules: Rules | undefined;
  readonly checked: boolean;
}) {
  const words = useUserListWords();
  return (
    <Container
      header={
        <Header variant="h2" description={words.consoleAbout}>
          {words.console}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Checkbox
          checked={access.wanted}
          onChange={({ detail }) => onAccess({ ...access, wanted: detail.checked })}
          description={words.mustChange}
        >
          {words.giveConsole}
        </Checkbox>
        {access.wanted && (
          <RadioGroup
            ariaLabel={words.password}
            value={access.way}
            items={[
              { value: "generated", label: words.generated, description: words.generatedHint },
              { value: "own", label: words.own },
            ]}
            onChange={({ detail }) =>
              onAccess({ ...access, way: detail.value === "own" ? "own" : "generated" })
            }
          />
        )}
        {access.wanted && access.way === "own" && (
          <NewPassword
            label={words.ownLabel}
            text={access.own}
            onText={(own) => onAccess({ ...access, own })}
            rules={rules}
            checked={checked}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
