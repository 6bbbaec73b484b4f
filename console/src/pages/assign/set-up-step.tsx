import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import type { CodePair, NewDevice } from "../../api/devices.ts";
import type { Failure } from "../../api/failure.ts";
import { CodePairFields } from "../../parts/code-pair.tsx";
import { PairFailure } from "../../parts/pair-failure.tsx";
import { useWords } from "../../words/words.tsx";
import { DeviceSecret } from "./device-secret.tsx";

export function SetUpStep({
  device,
  onAgain,
  pair,
  onPair,
  checked,
  busy,
  failure,
}: {
  /** Undefined once the browser has forgotten the secret. */
  readonly device: (NewDevice & { readonly name: string }) | undefined;
  readonly onAgain: () => void;
  readonly pair: CodePair;
  readonly onPair: (pair: CodePair) => void;
  readonly checked: boolean;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
}) {
  const { assign: words } = useWords();
  if (device === undefined) {
    return (
      <Container>
        <SpaceBetween size="m">
          <div>{words.leaveText}</div>
          <Button formAction="none" onClick={onAgain}>
            {words.previous}
          </Button>
        </SpaceBetween>
      </Container>
    );
  }
  return (
    <SpaceBetween size="l">
      <Part title={words.installTitle} text={words.installText} />
      <Part title={words.scanTitle} text={words.scanText}>
        <DeviceSecret device={device} />
      </Part>
      <Part title={words.codesTitle} text={words.codesText}>
        <SpaceBetween size="m">
          <PairFailure failure={failure} />
          <CodePairFields pair={pair} onPair={onPair} checked={checked} disabled={busy} />
        </SpaceBetween>
      </Part>
    </SpaceBetween>
  );
}

function Part({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <SpaceBetween size="m">
        <Box>{text}</Box>
        {children}
      </SpaceBetween>
    </Container>
  );
}
