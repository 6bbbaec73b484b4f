import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useCallback, useState } from "react";
import { useLocation } from "wouter";
import { type Device, listDevices } from "../../api/devices.ts";
import { useLoad } from "../../parts/act.ts";
import { Breaking } from "../../parts/breaking.tsx";
import { Empty, Rows } from "../../parts/rows.tsx";
import { Time } from "../../parts/time.tsx";
import { useUserWords } from "../../words/user.ts";
import { useWords } from "../../words/words.tsx";
import { assignPath } from "../paths.ts";
import { useSession } from "../session.ts";
import { RemoveDevice } from "./remove-device.tsx";
import { ResyncDevice } from "./resync-device.tsx";

type Asked = { readonly what: "resync" | "remove"; readonly device: Device };

/** `of`: another user, else the reader himself. `onChanged`: with a device less, other sessions may be somebody else's. */
export function Devices({ of, onChanged }: { readonly of?: string; readonly onChanged: () => void }) {
  const { devices: words, kinds, common } = useWords();
  const others = useUserWords();
  const { context, tell } = useSession();
  const [, navigate] = useLocation();
  const user = of ?? context.Principal.UserName;
  const { value, failure, reload } = useLoad(useCallback(() => listDevices(user), [user]));
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const assign = (
    <Button variant={value?.length === 0 ? "primary" : "normal"} onClick={() => navigate(assignPath(of))}>
      {words.assign}
    </Button>
  );
  const finish = (text: string) => {
    close();
    tell(text);
    void reload();
  };
  return (
    <>
      <Rows
        label={words.title}
        header={
          <Header
            variant="h2"
            description={of === undefined ? words.about : others.devicesAbout}
            counter={value === undefined ? "" : `(${value.length})`}
            actions={assign}
          >
            {words.title}
          </Header>
        }
        rows={value}
        failure={failure}
        {...(of === undefined ? {} : { denied: others.mayNot.devices })}
        idOf={({ serial }) => serial}
        empty={<Empty title={words.empty} text={of === undefined ? words.emptyText : others.devicesEmpty} />}
        columns={[
          { id: "name", header: words.name, cell: ({ name }) => <strong>{name}</strong> },
          { id: "type", header: words.type, cell: ({ kind }) => kinds[kind] },
          {
            id: "serial",
            header: words.identifier,
            cell: ({ serial }) => (
              <span className="id">
                <Breaking text={serial} />
              </span>
            ),
          },
          { id: "added", header: words.added, cell: ({ enabledAt }) => <Time at={enabledAt} /> },
          {
            id: "actions",
            header: common.actions,
            cell: (device) => (
              <div className="acts">
                {device.kind !== "security-key" && (
                  <Button
                    variant="inline-link"
                    ariaLabel={`${words.resync} ${device.name}`}
                    onClick={() => setAsked({ what: "resync", device })}
                  >
                    {words.resync}
                  </Button>
                )}
                <Button
                  variant="inline-link"
                  ariaLabel={`${words.remove} ${device.name}`}
                  onClick={() => setAsked({ what: "remove", device })}
                >
                  {words.remove}
                </Button>
              </div>
            ),
          },
        ]}
      />
      {asked?.what === "resync" && (
        <ResyncDevice
          user={user}
          device={asked.device}
          onClose={close}
          onDone={() => finish(words.resynced(asked.device.name))}
        />
      )}
      {asked?.what === "remove" && (
        <RemoveDevice
          user={user}
          device={asked.device}
          last={value?.length === 1}
          {...(of === undefined ? {} : { lastText: others.removeLast })}
          onClose={close}
          onDone={() => {
            finish(words.removed(asked.device.name));
            onChanged();
          }}
        />
      )}
    </>
  );
}
