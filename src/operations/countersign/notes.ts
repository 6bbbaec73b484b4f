import { accept } from "#base/outcome.ts";
import { anyResource, noTarget, type WriteOperation } from "../operation.ts";

/**
 * Acts of the operator on the deployment whose work is on files and settings of the database, not on rows of an account: what
 * the log keeps of them is their event, under the account `DEPLOYMENT`.
 */
function note<Input extends object>(name: string): WriteOperation<Input, object> {
  return {
    kind: "write",
    service: "countersign",
    name,
    action: `countersign:${name}`,
    readOnly: false,
    target: noTarget,
    resources: anyResource,
    run: async () => accept({}),
  };
}

/** Noted before the new key is in use. */
export const RotateKeys = note<{ readonly NewKeyId: string; readonly Compromised: boolean }>("RotateKeys");
export const ExportKey = note<{ readonly KeyId: string }>("ExportKey");
export const CreateBackup = note<{ readonly Path: string }>("CreateBackup");
export const RestoreBackup = note<{ readonly MadeAt: string }>("RestoreBackup");
export const AcceptClock = note<{ readonly Highest: string; readonly Accepted: string }>("AcceptClock");
