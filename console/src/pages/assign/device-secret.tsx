import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import type { NewDevice } from "../../api/devices.ts";
import { server } from "../../api/server.ts";
import { useLoad } from "../../parts/act.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { useIsPhone } from "../../parts/media.ts";
import { useWords } from "../../words/words.tsx";
import { enrolmentLink, inGroups } from "./enrolment-link.ts";

/** The app's secret, hidden until it is asked for: as a QR code, as text, and on a phone as a link that an app opens. */
export function DeviceSecret({ device }: { readonly device: NewDevice & { readonly name: string } }) {
  const { assign: words } = useWords();
  const isPhone = useIsPhone();
  const [shown, setShown] = useState<"qr" | "text">();
  const toggle = (which: "qr" | "text") => setShown(shown === which ? undefined : which);
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">{words.secretWarning}</Box>
      {isPhone && <OpenApp device={device} />}
      <SpaceBetween size="xs" direction="horizontal">
        <Button formAction="none" ariaExpanded={shown === "qr"} onClick={() => toggle("qr")}>
          {shown === "qr" ? words.hideQr : words.showQr}
        </Button>
        <Button formAction="none" ariaExpanded={shown === "text"} onClick={() => toggle("text")}>
          {shown === "text" ? words.hideSecret : words.showSecret}
        </Button>
      </SpaceBetween>
      {shown === "qr" && <QrCode png={device.qrCode} alt={words.qrAlt} />}
      {shown === "text" && (
        <SpaceBetween size="xs">
          <Box variant="awsui-key-label">{words.secret}</Box>
          <code className="secret">{inGroups(device.seed)}</code>
          <CopyButton text={device.seed} what={words.secretOf} secret />
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}

const loadContext = () => server.countersign.GetConsoleContext({});

/** The phone that shows the page is the phone that has the app: no camera is needed. */
function OpenApp({ device: { name, seed } }: { readonly device: NewDevice & { readonly name: string } }) {
  const { assign: words } = useWords();
  const { value: context } = useLoad(loadContext);
  if (context === undefined) return null;
  const { Issuer: issuer, Account } = context;
  const account = Account.Alias ?? Account.AccountId;
  return (
    <SpaceBetween size="xxs">
      <Button variant="primary" href={enrolmentLink({ issuer, name, account, seed })} iconName="external">
        {words.openApp}
      </Button>
      <Box fontSize="body-s">{words.openAppText}</Box>
    </SpaceBetween>
  );
}

function QrCode({ png, alt }: { readonly png: Uint8Array<ArrayBuffer>; readonly alt: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([png], { type: "image/png" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [png]);
  return <img className="qr" src={url} alt={alt} />;
}
