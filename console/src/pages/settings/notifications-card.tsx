import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useCallback, useState } from "react";
import type { ServerSettings } from "../../../../src/model/countersign/server-types.ts";
import { server } from "../../api/server.ts";
import { useAct, useLoad } from "../../parts/act.ts";
import { AddressDialog } from "../../parts/address-dialog.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { Skeleton } from "../../parts/skeleton.tsx";
import { useSettingsWords } from "../../words/settings.ts";
import { useSession } from "../session.ts";
import { OneThingHead } from "./one-thing-head.tsx";

/** Whether mail is sent, by whom, and a try of it. */
export function NotificationsCard({ settings }: { readonly settings: ServerSettings | undefined }) {
  const { notifications: words } = useSettingsWords();
  const { tell } = useSession();
  const [testing, setTesting] = useState(false);
  const mail = settings?.Notifications;
  const send = async (Address: string) => {
    const { Accepted, Reason = "" } = await server.countersign.SendTestNotification({ Address });
    setTesting(false);
    if (Accepted) tell(words.accepted(Address));
    else tell(`${words.notAccepted}. ${Reason}`, "error");
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={words.about}
          actions={mail?.Configured && <Button onClick={() => setTesting(true)}>{words.test}</Button>}
        >
          {words.title}
        </Header>
      }
    >
      {mail === undefined ? (
        <Skeleton lines={2} />
      ) : mail.Configured ? (
        <KeyValuePairs
          columns={3}
          minColumnWidth={240}
          items={[
            {
              label: words.title,
              value: <StatusIndicator type="success">{words.configured}</StatusIndicator>,
            },
            { label: words.from, value: mail.From ?? "–" },
            { label: words.host, value: mail.Host ?? "–" },
          ]}
        />
      ) : (
        <Alert type="info" header={words.notConfigured}>
          {words.notConfiguredText}
        </Alert>
      )}
      {testing && (
        <AddressDialog
          title={words.testTitle}
          about={words.testText}
          verb={words.send}
          label={words.to}
          wrong={words.wrongAddress}
          denied={words.mayNotTest}
          own
          onSend={send}
          onClose={() => setTesting(false)}
        />
      )}
    </Container>
  );
}

/** Who is told beside root what happens to root. */
export function SecurityContactCard() {
  const { notifications: words, remove } = useSettingsWords();
  const { tell } = useSession();
  const { value, failure, reload } = useLoad(
    useCallback(() => server.countersign.GetSecurityContact({}), []),
  );
  const [asked, setAsked] = useState<"set" | "remove">();
  const act = useAct();
  const address = value?.Address;
  const done = async (text: string) => {
    setAsked(undefined);
    tell(text);
    await reload();
  };
  const put = async (Address: string) => {
    await server.countersign.PutSecurityContact({ Address });
    await done(words.contactSaved(Address));
  };
  const takeAway = async () => {
    if (await act.run(() => server.countersign.DeleteSecurityContact({}))) await done(words.contactRemoved);
  };
  return (
    <Container
      header={
        <OneThingHead
          title={words.contact}
          about={words.contactAbout}
          isSet={address !== undefined}
          onAsk={setAsked}
        />
      }
    >
      <FailureAlert failure={failure} denied={words.contactDenied} />
      {value === undefined && failure === undefined && <Skeleton lines={2} />}
      {value !== undefined && address === undefined && words.noContact}
      {address !== undefined && (
        <SpaceBetween size="xs">
          <span className="id">{address}</span>
          <StatusIndicator type={value?.Confirmed ? "success" : "pending"}>
            {value?.Confirmed ? words.confirmed : words.waiting}
          </StatusIndicator>
          {!value?.Confirmed && <div>{words.waitingText}</div>}
        </SpaceBetween>
      )}
      {asked === "set" && (
        <AddressDialog
          title={words.setContact}
          about={words.setContactText}
          verb={words.sendLink}
          label={words.to}
          wrong={words.wrongAddress}
          denied={words.contactMayNot}
          own
          onSend={put}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === "remove" && (
        <Confirm
          title={words.removeContactTitle}
          verb={remove}
          act={act}
          onConfirm={takeAway}
          onClose={() => setAsked(undefined)}
        >
          {words.removeContactText}
        </Confirm>
      )}
    </Container>
  );
}
