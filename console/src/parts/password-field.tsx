import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useWords } from "../words/words.tsx";

/** Hidden until its reader wants to see what was typed. */
export function PasswordField({
  value,
  autoComplete,
  onValue,
  autoFocus = false,
}: {
  readonly value: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly onValue: (value: string) => void;
  readonly autoFocus?: boolean;
}) {
  const { password } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <div className="password-field">
      <Input
        value={value}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        spellcheck={false}
        disableBrowserAutocorrect
        autoFocus={autoFocus}
        onChange={({ detail }) => onValue(detail.value)}
      />
      <Button
        formAction="none"
        iconName={shown ? "lock-private" : "view-full"}
        ariaLabel={shown ? password.hide : password.show}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
