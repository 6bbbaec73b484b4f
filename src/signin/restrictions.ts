/**
 * What a session of somebody who must enrol a factor first is good for, as a session policy: the rules of enrolling, and a
 * denial of all else, for what a resource's own policy grants him directly is not limited by what a session policy leaves out
 * (contract 9.3). It is root alone who must: to give a user a device is something else.
 */
const ENROL_ACTIONS = [
  "iam:CreateVirtualMFADevice",
  "iam:DeleteVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "countersign:CancelMFAEnrolment",
  "countersign:GetConsoleContext",
];

export const ENROL_POLICY: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Enrol", Effect: "Allow", Action: ENROL_ACTIONS, Resource: "*" },
    { Sid: "NobodyElse", Effect: "Deny", Action: "*", Resource: "arn:aws:iam::*:user/*" },
    { Sid: "NothingElse", Effect: "Deny", NotAction: ENROL_ACTIONS, Resource: "*" },
  ],
});
