/** AWS's sentences that several clients must see, to the letter (contract 1.3, 1.4, 2.1). */
export const SENTENCES = {
  /** It ends in a space. */
  wrongPassCode: "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
  /** It has two spaces in the middle. */
  unableToValidate:
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  onlyHalf: "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
  sessionCredentials: "Cannot call GetSessionToken with session credentials",
  invalidToken: "The security token included in the request is invalid",
  needsMfa:
    "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
  invalidPair: "Authentication code for device is not valid.",
  notThisUsers: "MFA Device invalid for user.",
  deviceExists: "MFA device already exists.",
  deviceInUse: "MFA VirtualDevice in use. Must deactivate first.",
  removeTokensFirst: "Cannot delete entity, must remove tokens from principal first.",
  deleteLoginProfileFirst: "Cannot delete entity, must delete login profile first.",
  deleteAccessKeysFirst: "Cannot delete entity, must delete access keys first.",
  detachPoliciesFirst: "Cannot delete entity, must detach all policies first.",
  twoKeys: "Cannot exceed quota for AccessKeysPerUser: 2",
  noSuchUser: (name: string) => `The user with name ${name} cannot be found.`,
  userExists: (name: string) => `User with name ${name} already exists.`,
  alreadyOnUser: (name: string) => `MFA Device for user ${name} already exists.`,
} as const;

export const ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess";
