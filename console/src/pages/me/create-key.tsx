import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { UserName } from "../../api/devices.ts";
import { createKey, type NewAccessKey } from "../../api/keys.ts";
import { useAct } from "../../parts/act.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { FailureAlert } from "../../parts/failure-alert.tsx";
import { useSecret } from "../../parts/secret.ts";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { useWords } from "../../words/words.tsx";

/** Asks, creates, and shows the secret once: closing the dialog forgets it. */
export function CreateKey({ user, onClose }: { readonly user: UserName; readonly onClose: () => void }) {
  const { keys: words, common } = useWords();
  const [created, setCreated] = useSecret<NewAccessKey>();
  const act = useAct();
  const create = () => act.run(async () => setCreated(await createKey(user)));
  return (
    <Modal
      visible
      header={created === undefined ? words.createTitle : words.createdTitle}
      closeAriaLabel={common.close}
      onDismiss={({ detail }) => {
        // neither a slip beside the dialog nor a key must lose the secret
        if (created === undefined || detail.reason === "closeButton") onClose();
      }}
      footer={
        <Box float="right">
          {created === undefined ? (
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={onClose}>
                {common.cancel}
              </Button>
              <Button variant="primary" loading={act.busy} onClick={() => void create()}>
                {words.create}
              </Button>
            </SpaceBetween>
          ) : (
            <Button variant="primary" onClick={onClose}>
              {words.done}
            </Button>
          )}
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FailureAlert failure={act.failure} />
        {created === undefined ? <div>{words.createText}</div> : <Created accessKey={created} />}
      </SpaceBetween>
    </Modal>
  );
}

function Created({ accessKey: { id, secret } }: { readonly accessKey: NewAccessKey }) {
  const { keys: words } = useWords();
  return (
    <SpaceBetween size="m">
      <Alert type="warning">{words.createdText}</Alert>
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: words.id,
            value: (
              <>
                <span className="id">{id}</span> <CopyButton text={id} what={words.id} inline />
              </>
            ),
          },
          {
            label: words.secret,
            value: <ShownOnce secret={secret} what={words.secretOf} />,
          },
        ]}
      />
    </SpaceBetween>
  );
}
