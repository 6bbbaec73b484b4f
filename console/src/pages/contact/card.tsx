import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { AddressDialog } from "../../parts/address-dialog.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { Time } from "../../parts/time.tsx";
import { useContactWords } from "../../words/contact.ts";
import { useSession } from "../session.ts";

/** Where a user is told of what changes with his account. `of`: another user, else the reader himself. */
export function ContactCard({ of }: { readonly of?: string }) {
  const words = useContactWords();
  const { context, tell } = useSession();
  const lacksMfa = of === undefined && context.Session?.Mfa.Present !== true;
  const { value, failure, reload } = useLoad(
    useCallback(() => server.countersign.GetContactAddress({ UserName: of }), [of]),
  );
  const [asked, setAsked] = useState<"set" | "remove">();
  const close = () => setAsked(undefined);
  const act = useAct();
  const remove = async () => {
    if (!(await act.run(() => server.countersign.DeleteContactAddress({ UserName: of })))) return;
    close();
    tell(words.removed);
    await reload();
  };
  const set = async (Address: string) => {
    await server.countersign.PutContactAddress({ UserName: of, Address });
    close();
    tell(words.saved(Address));
    await reload();
  };
  const address = value?.Address;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={of === undefined ? words.ownAbout : words.about}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {address !== undefined && <Button onClick={() => setAsked("remove")}>{words.remove}</Button>}
              <Button onClick={() => setAsked("set")}>
                {address === undefined ? words.set : words.change}
              </Button>
            </SpaceBetween>
          }
        >
          {words.title}
        </Header>
      }
    >
      {lacksMfa && (
        <Alert type="info" header={words.mfaFirst}>
          {words.mfaFirstText}
        </Alert>
      )}
      <FailureAlert failure={failure} {...(of === undefined ? {} : { denied: words.denied })} />
      {value === undefined && failure === undefined && <Skeleton lines={2} />}
      {value !== undefined && address === undefined && <Box color="text-body-secondary">{words.none}</Box>}
      {value !== undefined && address !== undefined && (
        <SpaceBetween size="s">
          <KeyValuePairs
            columns={3}
            minColumnWidth={200}
            items={[
              { label: words.address, value: <span className="id">{address}</span> },
              {
                label: words.state,
                value:
                  value.Confirmed === true ? (
                    <StatusIndicator type="success">{words.confirmed}</StatusIndicator>
                  ) : (
                    <StatusIndicator type="pending">{words.waiting}</StatusIndicator>
                  ),
              },
              ...(value.ChangedAt === undefined
                ? []
                : [{ label: words.changed, value: <Time at={value.ChangedAt} /> }]),
            ]}
          />
          {value.Confirmed !== true && <Box color="text-body-secondary">{words.waitingText}</Box>}
        </SpaceBetween>
      )}
      {asked === "set" && (
        <AddressDialog
          title={words.setTitle}
          about={of === undefined ? words.ownSetText : words.setText(of)}
          verb={words.send}
          label={words.address}
          wrong={words.wrong}
          before={address}
          own={of === undefined}
          onSend={set}
          onClose={close}
        />
      )}
      {asked === "remove" && (
        <Confirm title={words.removeTitle} verb={words.remove} act={act} onConfirm={remove} onClose={close}>
          {words.removeText}
        </Confirm>
      )}
    </Container>
  );
}
