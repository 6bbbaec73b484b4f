import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { Breaking } from "../../parts/breaking.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { useWords } from "../../words/words.tsx";
import { useSession } from "../session.ts";

export function AccountCard() {
  const { dashboard: words } = useWords();
  const { AccountId, Alias, SignInUrl } = useSession().context.Account;
  return (
    <Container header={<Header variant="h2">{words.account}</Header>}>
      <KeyValuePairs
        columns={1}
        items={[
          { label: words.accountId, value: <Copyable text={AccountId} what={words.accountId} /> },
          {
            label: words.alias,
            value: Alias === undefined ? words.noAlias : <Copyable text={Alias} what={words.alias} />,
          },
          { label: words.signInLink, value: <Copyable text={SignInUrl} what={words.signInLinkOf} /> },
        ]}
      />
    </Container>
  );
}

function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <>
      <span className="id">
        <Breaking text={text} />
      </span>{" "}
      <CopyButton text={text} what={what} inline />
    </>
  );
}
