import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLocation } from "wouter";
import { CopyButton } from "../../parts/copy-button.tsx";
import { useUserListWords } from "../../words/users.ts";
import { userPath } from "../paths.ts";
import { useSession } from "../session.ts";

/** What somebody needs to sign in for the first time. Whoever leaves the page has seen the password for the last time. */
export function CreatedUser({
  name,
  password,
  onAnother,
}: {
  readonly name: string;
  readonly password: string;
  readonly onAnother: () => void;
}) {
  const words = useUserListWords();
  const { context } = useSession();
  const [, navigate] = useLocation();
  const [shown, setShown] = useState(false);
  const link = context.Account.SignInUrl;
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{words.doneTitle(name)}</Header>
      <Container>
        <SpaceBetween size="l">
          <Alert type="warning">{words.doneText}</Alert>
          <div>
            <Box variant="awsui-key-label">{words.signInLink}</Box>
            <span className="id">{link}</span> <CopyButton text={link} what={words.signInLink} inline />
          </div>
          <div>
            <Box variant="awsui-key-label">{words.name}</Box>
            <span className="id">{name}</span> <CopyButton text={name} what={words.name} inline />
          </div>
          <SpaceBetween size="xs">
            <Box variant="awsui-key-label">{words.password}</Box>
            <code className="secret">{shown ? password : "•".repeat(20)}</code>
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setShown(!shown)}>
                {shown ? words.hidePassword : words.showPassword}
              </Button>
              <CopyButton text={password} what={words.password} secret />
            </SpaceBetween>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={() => navigate("/users")}>
          {words.toList}
        </Button>
        <Button onClick={onAnother}>{words.another}</Button>
        <Button variant="primary" onClick={() => navigate(userPath(name))}>
          {words.toUser}
        </Button>
      </SpaceBetween>
    </SpaceBetween>
  );
}
