import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { explain } from "../src/parts/explain.ts";
import { FailureAlert } from "../src/parts/failure-alert.tsx";
import * as english from "../src/words/english.ts";
import * as german from "../src/words/german.ts";
import { SpeechProvider } from "../src/words/words.tsx";

const PACKS = { en: english, de: german } as const;
const MET = [
  "AccessDenied",
  "DeleteConflict",
  "EntityAlreadyExists",
  "EntityTemporarilyUnmodifiable",
  "InvalidAuthenticationCode",
  "InvalidCode",
  "InvalidInput",
  "InvalidParameterValue",
  "LimitExceeded",
  "MalformedPolicyDocument",
  "NoSuchEntity",
  "NotSignedIn",
  "PasswordPolicyViolation",
  "ServiceUnavailable",
  "Throttling",
  "Unreachable",
  "ValidationError",
];

test.each(MET)("%s is told in the reader's own words", (code) => {
  for (const { words } of Object.values(PACKS)) {
    const { what, next } = explain(words, { code, message: "", requestId: undefined });
    expect(what).not.toBe(words.errors.other.what);
    expect(next).toMatch(/^.+\.$/);
  }
});

test.each(["en", "de"] as const)("a page in %s marks the server's own sentence as English", (language) => {
  const { words, messages } = PACKS[language];
  const message = "The user with name ana cannot be found.";
  render(
    <SpeechProvider first={{ language, words, messages }}>
      <FailureAlert failure={{ code: "NoSuchEntity", message, requestId: "1-2" }} />
    </SpeechProvider>,
  );
  expect(screen.getByText(words.errors.NoSuchEntity.what)).toBeTruthy();
  expect(screen.getByText(message).getAttribute("lang")).toBe("en");
});
