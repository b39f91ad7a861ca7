import type { Alert } from "../../handlers/alerts/alert";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { account, aRecord, awsError } from "../support/factories";
import type { Target } from "./world";

/** Something that somebody did, what is left of it in the account, and how the detection of it is to end. */
export interface Attack extends Target {
  title: string;
  /** The detection that is to find it. */
  detection: string;
  records: CloudTrailRecord[];
  /** Whether the account is as it was before; undefined: there is nothing to fix. */
  isSafe?(): boolean;
  /** The calls of the fix, each as often as it may change something. */
  writes: string[];
}

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

const gone = (what: string) => awsError("NoSuchEntityException", `${what} was not found`);

function grant(policyArn: string, title: string): Attack {
  let attached = true;
  return {
    title,
    detection: "iam-admin-policy-attached-user",
    records: [aRecord({ requestParameters: { userName: "bob", policyArn } })],
    writes: ["iam:DetachUserPolicy"],
    isSafe: () => !attached,
    answers: (changed) => ({
      "iam:ListAttachedUserPolicies": () => ({
        AttachedPolicies: attached ? [{ PolicyArn: policyArn }] : [],
      }),
      "iam:DetachUserPolicy": () => {
        if (!attached) throw gone(policyArn);
        attached = false;
        changed("iam:DetachUserPolicy");
        return {};
      },
      "iam:GetPolicy": { Policy: { DefaultVersionId: "v1" } },
      "iam:GetPolicyVersion": {
        PolicyVersion: {
          Document: encodeURIComponent(
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
          ),
        },
      },
    }),
  };
}

function inlinePolicy(): Attack {
  const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  let there = true;
  return {
    title: "an inline administrator policy",
    detection: "iam-inline-admin-policy",
    records: [
      aRecord({
        eventName: "PutUserPolicy",
        requestParameters: { userName: "bob", policyName: "all", policyDocument: document },
      }),
    ],
    writes: ["iam:DeleteUserPolicy"],
    isSafe: () => !there,
    answers: (changed) => ({
      "iam:GetUserPolicy": () => {
        if (!there) throw gone("all");
        return { PolicyDocument: encodeURIComponent(document) };
      },
      "iam:DeleteUserPolicy": () => {
        if (!there) throw gone("all");
        there = false;
        changed("iam:DeleteUserPolicy");
        return {};
      },
    }),
  };
}

function accessKey(): Attack {
  let status = "Active";
  return {
    title: "an access key for another user",
    detection: "iam-access-key-for-other-user",
    records: [
      aRecord({
        eventName: "CreateAccessKey",
        requestParameters: { userName: "bob" },
        responseElements: {
          accessKey: { userName: "bob", accessKeyId: "AKIAEXAMPLEBOB000000", status: "Active" },
        },
      }),
    ],
    writes: ["iam:UpdateAccessKey"],
    isSafe: () => status === "Inactive",
    answers: (changed) => ({
      "iam:ListAccessKeys": () => ({
        AccessKeyMetadata: [{ AccessKeyId: "AKIAEXAMPLEBOB000000", Status: status }],
      }),
      "iam:UpdateAccessKey": ({ Status }) => {
        // Setting what is set changes nothing.
        if (Status !== status) changed("iam:UpdateAccessKey");
        status = String(Status);
        return {};
      },
    }),
  };
}

/** Two rules, which are revoked by a call each. */
function openGroup(): Attack {
  const rule = (id: string, port: number) => ({
    SecurityGroupRuleId: id,
    GroupId: "sg-0123456789abcdef0",
    IsEgress: false,
    IpProtocol: "tcp",
    FromPort: port,
    ToPort: port,
    CidrIpv4: "0.0.0.0/0",
  });
  const rules = new Map([
    ["sgr-0aaaaaaaaaaaaaaaa", rule("sgr-0aaaaaaaaaaaaaaaa", 22)],
    ["sgr-0bbbbbbbbbbbbbbbb", rule("sgr-0bbbbbbbbbbbbbbbb", 3389)],
  ]);
  const items = [...rules.values()].map((one) => ({
    groupId: one.GroupId,
    securityGroupRuleId: one.SecurityGroupRuleId,
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: one.FromPort,
    toPort: one.ToPort,
    cidrIpv4: one.CidrIpv4,
  }));
  const ranges = { items: [{ cidrIp: "0.0.0.0/0" }] };
  const notFound = () => awsError("InvalidSecurityGroupRuleId.NotFound");
  return {
    title: "a security group opened by two rules",
    detection: "ec2-sg-open-to-world",
    records: [
      aRecord({
        eventSource: "ec2.amazonaws.com",
        eventName: "AuthorizeSecurityGroupIngress",
        requestParameters: {
          groupId: "sg-0123456789abcdef0",
          ipPermissions: {
            items: items.map(({ fromPort, toPort }) => ({
              ipProtocol: "tcp",
              fromPort,
              toPort,
              groups: {},
              ipRanges: ranges,
              ipv6Ranges: {},
              prefixListIds: {},
            })),
          },
        },
        responseElements: { _return: true, securityGroupRuleSet: { items } },
      }),
    ],
    writes: ["ec2:RevokeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
    isSafe: () => rules.size === 0,
    answers: (changed) => ({
      "ec2:DescribeSecurityGroupRules": ({ SecurityGroupRuleIds }) => {
        const found = (SecurityGroupRuleIds as string[]).map((id) => rules.get(id));
        if (found.includes(undefined)) throw notFound();
        return { SecurityGroupRules: found };
      },
      "ec2:RevokeSecurityGroupIngress": ({ SecurityGroupRuleIds }) => {
        for (const id of SecurityGroupRuleIds as string[]) {
          if (!rules.delete(id)) throw notFound();
          changed("ec2:RevokeSecurityGroupIngress");
        }
        return { Return: true };
      },
    }),
  };
}

function disabledKey(): Attack {
  let KeyState = "Disabled";
  const keyId = `arn:aws:kms:us-east-1:${account}:key/0f0e0d0c-0000-4000-8000-00000000aaaa`;
  return {
    title: "a key disabled",
    detection: "kms-key-disabled-or-deletion",
    records: [
      aRecord({ eventSource: "kms.amazonaws.com", eventName: "DisableKey", requestParameters: { keyId } }),
    ],
    writes: ["kms:EnableKey"],
    isSafe: () => KeyState === "Enabled",
    answers: (changed) => ({
      "kms:DescribeKey": () => ({ KeyMetadata: { KeyId: keyId, KeyState } }),
      "kms:EnableKey": () => {
        if (KeyState !== "Enabled") changed("kms:EnableKey");
        KeyState = "Enabled";
        return {};
      },
    }),
  };
}

function stoppedTrail(): Attack {
  let IsLogging = false;
  return {
    title: "a trail stopped",
    detection: "cloudtrail-logging-stopped",
    records: [
      aRecord({
        eventSource: "cloudtrail.amazonaws.com",
        eventName: "StopLogging",
        requestParameters: { name: "audit" },
      }),
    ],
    writes: ["cloudtrail:StartLogging"],
    isSafe: () => IsLogging,
    answers: (changed) => ({
      "cloudtrail:GetTrailStatus": () => ({ IsLogging }),
      "cloudtrail:StartLogging": () => {
        if (!IsLogging) changed("cloudtrail:StartLogging");
        IsLogging = true;
        return {};
      },
    }),
  };
}

/** What only a person can do something about. */
function rootLogin(): Attack {
  return {
    title: "a login of root, which is alerted alone",
    detection: "root-console-login",
    records: [
      aRecord({
        eventSource: "signin.amazonaws.com",
        eventName: "ConsoleLogin",
        eventType: "AwsConsoleSignIn",
        userIdentity: { type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account },
        requestParameters: null,
        responseElements: { ConsoleLogin: "Success" },
      }),
    ],
    writes: [],
    answers: () => ({}),
  };
}

/** Ten records that are a finding together. */
function secretsRead(): Attack {
  return {
    title: "ten secrets read, which are a finding together",
    detection: "secrets-bulk-retrieval",
    records: Array.from({ length: 10 }, (_, index) =>
      aRecord({
        eventSource: "secretsmanager.amazonaws.com",
        eventName: "GetSecretValue",
        eventID: `0f0e0d0c-0000-4000-8000-0000000001${index}0`,
        eventTime: `2026-05-04T10:00:0${index}Z`,
        requestParameters: { secretId: `prod/secret-${index}` },
        readOnly: true,
      }),
    ),
    writes: [],
    answers: () => ({}),
  };
}

/** Makes each attack anew. */
export const attacks: (() => Attack)[] = [
  () => grant(administrator, "an administrator policy attached"),
  () => grant(`arn:aws:iam::${account}:policy/helper`, "a policy attached whose document has to be read"),
  inlinePolicy,
  accessKey,
  openGroup,
  disabledKey,
  stoppedTrail,
  rootLogin,
  secretsRead,
];

/** What is wrong with an alert, judging by how the account is; empty when it is true. */
export function liesIn(alert: Alert, attack: Attack, changes: string[]): string[] {
  const { outcome, reason = "", rollback } = alert;
  const lies: string[] = [];
  // What nobody can fix is as it was.
  const isSafe = attack.isSafe?.() ?? true;
  const expected = (what: string, holds: boolean) => {
    if (!holds) lies.push(`${outcome} (${reason}): expected ${what}`);
  };
  if (outcome === "fixed") {
    const saysWhatIsLeft = /not as planned|could not be read/.test(reason);
    expected("the account to be as before", isSafe || saysWhatIsLeft);
    expected("a call that changed something", changes.length > 0);
    expected("a rollback", (rollback?.calls.length ?? 0) > 0);
  } else if (outcome === "already-ok") {
    expected("the account to be as before", isSafe);
    expected("no call of ours that changed something", changes.length === 0);
  } else if (outcome === "failed") {
    expected("a reason", reason !== "");
    expected(
      "a rollback of what was changed",
      changes.length === 0 || (rollback?.calls.length ?? 0) > 0 || /may have made some/.test(reason),
    );
  } else {
    expected("no call that changed something", changes.length === 0 || /may have made some/.test(reason));
  }
  return lies;
}
