import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { type ReactNode, useCallback } from "react";
import { listDevices } from "../../api/devices.ts";
import { server } from "../../api/server.ts";
import type { UserDetails } from "../../api/users.ts";
import { type Loaded, useLoad } from "../../parts/act.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { explain } from "../../parts/explain.ts";
import { Time } from "../../parts/time.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";

/** Who a user is, at a glance. `changes`: how often his devices have changed since the page was opened. */
export function UserSummary({ user, changes }: { readonly user: UserDetails; readonly changes: number }) {
  const words = useUserWords();
  const { arn, id, path, createdAt, passwordLastUsed } = user;
  return (
    <Container>
      <KeyValuePairs
        columns={4}
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
          { label: words.id, value: <span className="id">{id}</span> },
          { label: words.path, value: <span className="id">{path}</span> },
          { label: words.created, value: <Time at={createdAt} /> },
          { label: words.mfa, value: <Mfa key={changes} name={user.name} /> },
          {
            label: words.lastSignIn,
            value: passwordLastUsed === undefined ? words.never : <Time at={passwordLastUsed} />,
          },
          { label: words.lastActivity, value: <LastActivity name={user.name} /> },
        ]}
      />
    </Container>
  );
}

function Mfa({ name }: { readonly name: string }) {
  const words = useUserWords();
  const loaded = useLoad(useCallback(() => listDevices(name), [name]));
  return (
    <Fact loaded={loaded} denied={words.mayNot.devices}>
      {({ length }) =>
        length === 0 ? (
          <StatusIndicator type="warning">{words.noMfa}</StatusIndicator>
        ) : (
          <StatusIndicator type="success">{words.mfaCount(length)}</StatusIndicator>
        )
      }
    </Fact>
  );
}

function LastActivity({ name }: { readonly name: string }) {
  const words = useUserWords();
  const load = useCallback(
    () => server.countersign.ListUserActivity({ UserName: name, MaxItems: 1 }),
    [name],
  );
  return (
    <Fact loaded={useLoad(load)} denied={words.mayNot.activity}>
      {({ Events: [latest] }) => (latest === undefined ? words.noActivity : <Time at={latest.Time} />)}
    </Fact>
  );
}

/** One fact among others: where it cannot be had it says so in its place, and the others stay. */
function Fact<T>({
  loaded: { value, failure },
  denied,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly denied: string;
  readonly children: (value: T) => ReactNode;
}) {
  const words = useWords();
  if (failure !== undefined) {
    const text = failure.code === "AccessDenied" ? denied : explain(words, failure).what;
    return (
      <StatusIndicator type="stopped">
        <span className="sentence">{text}</span>
      </StatusIndicator>
    );
  }
  if (value === undefined) return <StatusIndicator type="loading">{words.common.loading}</StatusIndicator>;
  return children(value);
}
