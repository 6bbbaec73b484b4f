import { accept, refuse } from "#base/outcome.ts";
import type { CountersignOperations, Nothing } from "#model/countersign/types.ts";
import type { DeviceRow } from "#ports/devices.ts";
import { deviceTarget, noSuchDevice } from "../devices.ts";
import { removeOwnWaiting } from "../enrolments.ts";
import { anyResource, type WriteOperation } from "../operation.ts";

type Input = CountersignOperations["CancelMFAEnrolment"]["input"];

/**
 * Removes the device that the caller's own wizard has made by one request and that was never enabled: no permission is needed. Any
 * other device is none that this call knows, also one of the same serial number that a wizard in another tab has made since.
 */
export const CancelMFAEnrolment: WriteOperation<Input, Nothing, DeviceRow | undefined> = {
  kind: "write",
  service: "countersign",
  name: "CancelMFAEnrolment",
  action: "countersign:CancelMFAEnrolment",
  readOnly: false,
  target: deviceTarget,
  resources: anyResource,
  async run(tx, call, { SerialNumber, EnrolmentId }, device) {
    const gone = await removeOwnWaiting(tx, call, device, EnrolmentId);
    return gone ? accept({}) : refuse(noSuchDevice(SerialNumber));
  },
};
