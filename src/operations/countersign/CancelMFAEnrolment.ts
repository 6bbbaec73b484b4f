import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations, Nothing } from "#model/countersign/types.ts";
import type { DeviceRow } from "#ports/store.ts";
import { deviceTarget, noSuchDevice } from "../devices.ts";
import { removeOwnWaiting } from "../enrolments.ts";
import { anyResource, type WriteOperation } from "../operation.ts";

type Input = CountersignOperations["CancelMFAEnrolment"]["input"];

/**
 * Removes a device that the caller's own wizard has made and that was never enabled: no permission is needed. Any other device is
 * none that this call knows.
 */
export const CancelMFAEnrolment: WriteOperation<Input, Nothing, DeviceRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "CancelMFAEnrolment",
  action: "countersign:CancelMFAEnrolment",
  readOnly: false,
  target: deviceTarget,
  resources: anyResource,
  async run(tx, call, { SerialNumber }, device) {
    const gone = await removeOwnWaiting(tx, call, device);
    return gone ? accept({}) : refuse(noSuchDevice(SerialNumber));
  },
};
