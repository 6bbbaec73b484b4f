import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { RoleDetails } from "../../api/roles.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Time } from "../../parts/time.tsx";
import { useRoleWords } from "../../words/roles.ts";
import { durationText } from "./duration.ts";
import { TrustedBy } from "./trusted-by.tsx";

export function RoleSummary({ role }: { readonly role: RoleDetails }) {
  const words = useRoleWords();
  const { arn, id, createdAt, lastUsed, maxSession, trust } = role;
  return (
    <Container>
      <KeyValuePairs
        columns={3}
        minColumnWidth={200}
        items={[
          {
            label: words.arn,
            value: (
              <>
                <span className="id">
                  <Breaking text={arn} />
                </span>{" "}
                <CopyButton text={arn} what={words.arn} inline />
              </>
            ),
          },
          { label: words.trusts, value: <TrustedBy document={trust} /> },
          { label: words.maxSession, value: durationText(words, maxSession) },
          { label: words.id, value: <span className="id">{id}</span> },
          {
            label: words.lastUsed,
            value: lastUsed === undefined ? words.never : <Time at={lastUsed} />,
          },
          { label: words.created, value: <Time at={createdAt} /> },
        ]}
      />
    </Container>
  );
}
