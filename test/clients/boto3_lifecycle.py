"""The whole lifecycle through boto3: run by boto3.test.ts with ENDPOINT, ACCOUNT and an administrator's keys set."""

import json
import os
import subprocess
import time

import boto3
from botocore.config import Config

ENDPOINT, ACCOUNT = os.environ["ENDPOINT"], os.environ["ACCOUNT"]
ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
WRONG_PASS_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
NEEDS_MFA = (
    "To complete this action, please ensure that you are authenticated with an MFA device that is enabled"
    " for this user."
)
checks = 0


def client(service, keys=None):
    return boto3.client(
        service,
        endpoint_url=ENDPOINT,
        config=Config(retries={"total_max_attempts": 1}),
        **(
            {}
            if keys is None
            else {
                "aws_access_key_id": keys["AccessKeyId"],
                "aws_secret_access_key": keys["SecretAccessKey"],
                "aws_session_token": keys.get("SessionToken"),
            }
        ),
    )


def equal(seen, expected):
    global checks
    checks += 1
    assert seen == expected, f"saw {seen!r}, expected {expected!r}"


def refused(exception, message, call, **arguments):
    """The call must raise this class, with this sentence where one is given."""
    global checks
    checks += 1
    try:
        call(**arguments)
    except exception as error:
        if message is not None:
            assert error.response["Error"]["Message"] == message, error.response["Error"]
        return error.response["Error"]["Code"]
    raise AssertionError(f"{call} was not refused")


class Authenticator:
    """oathtool, at steps counted from the one the clock showed when it was set up: no test waits for the clock."""

    def __init__(self, seed):
        self.seed, self.start = seed, int(time.time()) // 30

    def code(self, offset):
        command = ["oathtool", "--totp", "--base32", f"--now=@{(self.start + offset) * 30}", "-"]
        return subprocess.run(command, input=self.seed, capture_output=True, text=True, check=True).stdout.strip()

    def pair(self, first):
        return {"AuthenticationCode1": self.code(first), "AuthenticationCode2": self.code(first + 1)}


iam = client("iam")
unmodelled = iam.exceptions.ClientError

# a user, his keys, his policy
user = iam.create_user(UserName="maria", Path="/crew/", Tags=[{"Key": "team", "Value": "blue"}])["User"]
equal(user["Arn"], f"arn:aws:iam::{ACCOUNT}:user/crew/maria")
equal(user["Tags"], [{"Key": "team", "Value": "blue"}])
refused(iam.exceptions.EntityAlreadyExistsException, "User with name Maria already exists.", iam.create_user, UserName="Maria")
iam.attach_user_policy(UserName="maria", PolicyArn=ADMINISTRATOR_ACCESS)
keys = iam.create_access_key(UserName="maria")["AccessKey"]
maria_iam, maria_sts = client("iam", keys), client("sts", keys)
equal(maria_sts.get_caller_identity()["UserId"], user["UserId"])
equal(maria_iam.get_user()["User"]["UserName"], "maria")

# her device
device = maria_iam.create_virtual_mfa_device(VirtualMFADeviceName="maria-phone")["VirtualMFADevice"]
serial = device["SerialNumber"]
equal(serial, f"arn:aws:iam::{ACCOUNT}:mfa/maria-phone")
equal(device["QRCodePNG"][:8], b"\x89PNG\r\n\x1a\n")
equal(len(device["Base32StringSeed"]), 64)
phone = Authenticator(device["Base32StringSeed"].decode("ascii"))
mine = {"UserName": "maria", "SerialNumber": serial}
refused(
    iam.exceptions.InvalidAuthenticationCodeException,
    "Authentication code for device is not valid.",
    maria_iam.enable_mfa_device,
    **mine,
    AuthenticationCode1=phone.code(0),
    AuthenticationCode2=phone.code(0),
)
maria_iam.enable_mfa_device(**mine, **phone.pair(-1))
listed = maria_iam.list_mfa_devices()["MFADevices"]
equal([(row["UserName"], row["SerialNumber"]) for row in listed], [("maria", serial)])
assigned = iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
equal([(row["SerialNumber"], row["User"]["UserName"]) for row in assigned], [(serial, "maria")])

# her session
answer = maria_sts.get_session_token(SerialNumber=serial, TokenCode=phone.code(1), DurationSeconds=900)
session = answer["Credentials"]
equal(session["AccessKeyId"][:4], "ASIA")
again = {"SerialNumber": serial, "TokenCode": phone.code(1)}
equal(refused(unmodelled, WRONG_PASS_CODE, maria_sts.get_session_token, **again), "AccessDenied")
in_session = client("iam", session)
equal(client("sts", session).get_caller_identity()["Arn"], user["Arn"])
equal(in_session.get_user(UserName="maria")["User"]["UserId"], user["UserId"])
equal(refused(unmodelled, NEEDS_MFA, maria_iam.deactivate_mfa_device, **mine), "AccessDenied")
plain = maria_sts.get_session_token()["Credentials"]
invalid = "The security token included in the request is invalid"
equal(refused(unmodelled, invalid, client("iam", plain).get_user), "InvalidClientTokenId")

# resync, deactivate, delete
maria_iam.resync_mfa_device(**mine, **phone.pair(5))
maria_sts.get_session_token(SerialNumber=serial, TokenCode=phone.code(7))
conflict = "MFA VirtualDevice in use. Must deactivate first."
refused(iam.exceptions.DeleteConflictException, conflict, iam.delete_virtual_mfa_device, SerialNumber=serial)
remove_first = "Cannot delete entity, must remove tokens from principal first."
refused(iam.exceptions.DeleteConflictException, remove_first, iam.delete_user, UserName="maria")
in_session.deactivate_mfa_device(**mine)
refused(iam.exceptions.NoSuchEntityException, "MFA Device invalid for user.", iam.resync_mfa_device, **mine, **phone.pair(9))
iam.delete_virtual_mfa_device(SerialNumber=serial)
missing = f"MFA Device with serial number {serial} does not exist."
refused(iam.exceptions.NoSuchEntityException, missing, iam.delete_virtual_mfa_device, SerialNumber=serial)

# pages
for at in range(5):
    iam.create_user(UserName=f"page-{at}", Path="/pages/")
pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 2}))
equal([len(page["Users"]) for page in pages], [2, 2, 1])
equal([row["UserName"] for page in pages for row in page["Users"]], [f"page-{at}" for at in range(5)])

# password, policy
refused(
    iam.exceptions.PasswordPolicyViolationException, None, iam.create_login_profile, UserName="maria", Password="weak"
)
profile = iam.create_login_profile(UserName="maria", Password="Strong-enough-1")["LoginProfile"]
equal(profile["PasswordResetRequired"], False)
iam.update_account_password_policy(MinimumPasswordLength=10, MaxPasswordAge=60, HardExpiry=True)
policy = iam.get_account_password_policy()["PasswordPolicy"]
equal((policy["MinimumPasswordLength"], policy["ExpirePasswords"], policy["HardExpiry"]), (10, True, True))
maria_iam.change_password(OldPassword="Strong-enough-1", NewPassword="Stronger-still-2")
iam.delete_account_password_policy()
refused(
    iam.exceptions.NoSuchEntityException,
    f"The Password Policy with domain name {ACCOUNT} cannot be found.",
    iam.get_account_password_policy,
)

# alias, tags, summary
iam.create_account_alias(AccountAlias=f"boto-{os.getpid()}")
equal(iam.list_account_aliases()["AccountAliases"], [f"boto-{os.getpid()}"])
iam.delete_account_alias(AccountAlias=f"boto-{os.getpid()}")
iam.tag_user(UserName="maria", Tags=[{"Key": "floor", "Value": "2"}])
iam.untag_user(UserName="maria", TagKeys=["team"])
equal(iam.list_user_tags(UserName="maria")["Tags"], [{"Key": "floor", "Value": "2"}])
summary = iam.get_account_summary()["SummaryMap"]
equal((summary["Users"], summary["MFADevices"], summary["AccessKeysPerUserQuota"]), (7, 0, 2))

# the end of a user
first = "Cannot delete entity, must {} first."
conflicts = iam.exceptions.DeleteConflictException
refused(conflicts, None, iam.delete_user, UserName="maria")
iam.delete_login_profile(UserName="maria")
iam.delete_access_key(UserName="maria", AccessKeyId=keys["AccessKeyId"])
refused(conflicts, first.format("detach all policies"), iam.delete_user, UserName="maria")
iam.detach_user_policy(UserName="maria", PolicyArn=ADMINISTRATOR_ACCESS)
iam.delete_user(UserName="maria")
gone = "The user with name maria cannot be found."
refused(iam.exceptions.NoSuchEntityException, gone, iam.get_user, UserName="maria")
equal(refused(unmodelled, None, maria_sts.get_caller_identity), "InvalidClientTokenId")

# a policy that wants a second factor for roles: simulated, then obeyed
listing = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": "iam:ListRoles",
            "Resource": "*",
            "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        },
    ],
}
policy = iam.create_policy(PolicyName="listing", PolicyDocument=json.dumps(listing))["Policy"]["Arn"]
equal(iam.get_policy_version(PolicyArn=policy, VersionId="v1")["PolicyVersion"]["Document"], listing)
nora = iam.create_user(UserName="nora")["User"]["Arn"]
noras = iam.create_access_key(UserName="nora")["AccessKey"]
iam.create_group(GroupName="listers")
iam.attach_group_policy(GroupName="listers", PolicyArn=policy)
iam.add_user_to_group(GroupName="listers", UserName="nora")
factor = {"ContextKeyName": "aws:MultiFactorAuthPresent", "ContextKeyType": "boolean", "ContextKeyValues": ["true"]}


def decisions(**more):
    actions = ["iam:ListUsers", "iam:ListRoles"]
    answer = iam.simulate_principal_policy(PolicySourceArn=nora, ActionNames=actions, **more)
    return [result["EvalDecision"] for result in answer["EvaluationResults"]]


equal(decisions(), ["allowed", "implicitDeny"])
equal(decisions(ContextEntries=[factor]), ["allowed", "allowed"])
equal(iam.get_context_keys_for_principal_policy(PolicySourceArn=nora)["ContextKeyNames"], ["aws:MultiFactorAuthPresent"])
nora_iam = client("iam", noras)
equal(len(nora_iam.list_users(MaxItems=1)["Users"]), 1)
equal(
    refused(
        unmodelled,
        f"User: {nora} is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::{ACCOUNT}:role/ because no"
        " identity-based policy allows the iam:ListRoles action",
        nora_iam.list_roles,
    ),
    "AccessDenied",
)
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="nora")["VirtualMFADevice"]
phone = Authenticator(device["Base32StringSeed"].decode("ascii"))
iam.enable_mfa_device(UserName="nora", SerialNumber=device["SerialNumber"], **phone.pair(-1))
nora_sts = client("sts", noras)
proved = nora_sts.get_session_token(SerialNumber=device["SerialNumber"], TokenCode=phone.code(1))["Credentials"]
equal(client("iam", proved).list_roles()["Roles"], [])

# a role that wants one too
trust = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": nora},
            "Action": "sts:AssumeRole",
            "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
        }
    ],
}
role = iam.create_role(RoleName="night", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
equal(role["AssumeRolePolicyDocument"], trust)
night = {"RoleArn": role["Arn"], "RoleSessionName": "shift"}
refused(
    unmodelled,
    f"User: {nora} is not authorized to perform: sts:AssumeRole on resource: {role['Arn']}",
    nora_sts.assume_role,
    **night,
)
for by, given in [
    (nora_sts, {"SerialNumber": device["SerialNumber"], "TokenCode": phone.code(2)}),
    (client("sts", proved), {}),
]:
    session = by.assume_role(**night, **given)
    equal(session["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/night/shift")
    refused(unmodelled, None, client("iam", session["Credentials"]).list_users)
iam.remove_user_from_group(GroupName="listers", UserName="nora")
equal(refused(unmodelled, None, nora_iam.list_users), "AccessDenied")
refused(iam.exceptions.DeleteConflictException, None, iam.delete_policy, PolicyArn=policy)
iam.detach_group_policy(GroupName="listers", PolicyArn=policy)
iam.delete_policy(PolicyArn=policy)

print(f"done: {checks} checks")
