import { facts, say } from "../terminal/output.ts";
import { Refusal } from "../terminal/refusal.ts";
import { ACCOUNT_OPTION, requiredAccount } from "./account-option.ts";
import type { CommandRow } from "./command.ts";
import { withOperator } from "./with-operator.ts";

export const accountUnlockMfa: CommandRow = {
  name: "account unlock-mfa",
  summary: "open an MFA device that too many wrong codes have locked",
  detail:
    "A hundred wrong codes in a row lock a device. It is open again when its owner proves another of his devices, or by this command. " +
    "Make sure first that it was its owner who typed.",
  options: [
    ACCOUNT_OPTION,
    {
      name: "serial-number",
      placeholder: "SERIAL",
      doc: "the device, as `iam list-mfa-devices` shows it",
      required: true,
    },
  ],
  settings: "operator",
  answers: true,
  examples: [
    {
      line: "countersign account unlock-mfa --account 123456789012 --serial-number arn:aws:iam::123456789012:mfa/alice",
      says: "alice may try again",
    },
  ],
  async run(invocation) {
    const account = requiredAccount(invocation);
    const SerialNumber = invocation.option("serial-number");
    if (SerialNumber === undefined) throw new Refusal("`--serial-number` is missing", { status: 2 });
    const how = { create: false, clockMustBeRight: false };
    const unlocked = await withOperator(invocation, how, async (operator) => {
      const [{ UnlockMFADevice }, { acceptedOr }] = await Promise.all([
        import("#operations/countersign/UnlockMFADevice.ts"),
        import("../place/operator.ts"),
      ]);
      return acceptedOr(await operator.attempt(account, UnlockMFADevice, { SerialNumber }));
    });
    say(invocation, facts(unlocked, { unlocked: unlocked.SerialNumber }));
    return 0;
  },
};
