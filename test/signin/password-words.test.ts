import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordProblem } from "#identity/password-policy.ts";
import { COMMON_PASSWORDS } from "#signin/common-passwords.ts";
import { passwordWordProblem, readCommonPasswords } from "#signin/password-words.ts";

const common = readCommonPasswords(COMMON_PASSWORDS);
const WORDS = ["123456789012", "acme", "Countersign", "root@acme.example", "ana", "jo"];

const problem = (password: string): string | undefined => passwordWordProblem(password, common, WORDS);

/** ASVS 5.0, 6.2.4: as many as would be let through otherwise. In whatever case: a list in lower case stands for all. */
test("at least 3,000 of the list would do by the default policy", () => {
  const words = COMMON_PASSWORDS.trim().split(/\s+/);
  const capital = (word: string): string => word.replace(/[a-z]/, (letter) => letter.toUpperCase());
  const fit = words.map(capital).filter((word) => passwordProblem(word, undefined, []) === undefined);
  assert.ok(fit.length >= 3000, `${fit.length} fit`);
  for (const word of fit) assert.notEqual(problem(word), undefined, word);
});

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "as they are": ["password1", "qwerty123", "1qaz2wsx", "trustno1", "iloveyou"],
  "in another letter case": ["Password1", "QWERTY123", "TrustNo1"],
  "with signs and digits around": [
    "Password1!",
    "!!password!!",
    "Sunshine2026",
    "123Sunshine!",
    "Superman-1",
  ],
  "with digits and signs for letters": ["P@ssw0rd", "P455w0rd!", "$unsh1ne", "B4s3b4ll"],
  "made of the account, the user and the product": [
    "Acme2026!",
    "acme-ACME",
    "123456789012",
    "123456789012-Aa",
    "Countersign1!",
    "C0untersign!",
    "root@acme.example",
    "Root@Acme.example1",
    "AnaAnaAna1!",
    "jo",
  ],
};

for (const [how, passwords] of Object.entries(REFUSED)) {
  for (const password of passwords) {
    test(`refused, ${how}: ${password}`, () => assert.notEqual(problem(password), undefined));
  }
}

const ACCEPTED = [
  "correct-Horse-7-battery",
  "acme-Correct-Horse-9",
  "xK9#mQ2$vL5&",
  "ana likes purple boats",
  "the jo of it all 7",
  "Zähne-putzen-um-8",
];

for (const password of ACCEPTED) {
  test(`let through: ${password}`, () => assert.equal(problem(password), undefined));
}

test("the refusal names none of the words: not all of them are the user's to know", () => {
  for (const word of WORDS) assert.ok(!problem("root@acme.example")?.includes(word));
});
