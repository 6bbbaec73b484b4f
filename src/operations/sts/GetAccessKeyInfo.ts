import type { GetAccessKeyInfoCommandInput, GetAccessKeyInfoCommandOutput } from "@aws-sdk/client-sts";
import { accept, refuse } from "#base/outcome.ts";
import { accountOfAccessKeyId } from "#identity/ids.ts";
import { serviceError } from "#model/errors.ts";
import { anyResource, noTarget, type ReadOperation } from "../operation.ts";

/** The account of a key id, read from the id itself: AWS reveals it of every key, temporary ones too (DESIGN 10, guarantee 3). */
export const GetAccessKeyInfo: ReadOperation<
  GetAccessKeyInfoCommandInput,
  Omit<GetAccessKeyInfoCommandOutput, "$metadata">
> = {
  kind: "read",
  service: "sts",
  name: "GetAccessKeyInfo",
  action: "sts:GetAccessKeyInfo",
  readOnly: true,
  target: noTarget,
  resources: anyResource,
  run: async (_store, _call, { AccessKeyId }) => {
    const account = accountOfAccessKeyId(AccessKeyId ?? "");
    return account === undefined
      ? refuse(serviceError("ValidationError", "Invalid Access Key ID"))
      : accept({ Account: account });
  },
};
