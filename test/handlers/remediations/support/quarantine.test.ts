import { actorOf } from "../../../../handlers/cloudtrail/actor";
import type { CloudTrailRecord, UserIdentity } from "../../../../handlers/cloudtrail/record";
import { quarantinePolicy, quarantinePrincipal } from "../../../../handlers/remediations/support/quarantine";
import { type Answers, account, aRecord } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";
import { stranger } from "./attack";

const now = Date.parse("2026-05-04T10:05:00Z");
const remediation = quarantinePrincipal("s3-bulk-delete", () => now);

function quarantined(userIdentity: UserIdentity, aws: Answers) {
  const record: Partial<CloudTrailRecord> = { userIdentity };
  return planned(remediation, record, { aws, actor: actorOf(aRecord(record)) });
}

function sessionOf(role: string, path = "", owner = account): UserIdentity {
  return {
    type: "AssumedRole",
    arn: `arn:aws:sts::${owner}:assumed-role/${role}/session`,
    accountId: owner,
    accessKeyId: "ASIAEXAMPLESESSION00",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        arn: `arn:aws:iam::${owner}:role/${path}${role}`,
        accountId: owner,
        userName: role,
      },
    },
  };
}

function denyBefore(time: string, Effect = "Deny"): string {
  const Condition = { DateLessThan: { "aws:TokenIssueTime": time } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect, Action: "*", Resource: "*", Condition }],
  });
}

describe("quarantinePrincipal", () => {
  const user: UserIdentity = {
    type: "IAMUser",
    arn: `arn:aws:iam::${account}:user/ops/mallory`,
    accountId: account,
    accessKeyId: "AKIAEXAMPLEMALLORY00",
    userName: "mallory",
  };
  const keys = (Status: string) => ({
    "iam:ListAccessKeys": {
      AccessKeyMetadata: [
        { AccessKeyId: "AKIAEXAMPLEMALLORY01", Status: "Active" },
        { AccessKeyId: "AKIAEXAMPLEMALLORY00", Status },
      ],
    },
  });

  it("deactivates the one key of a user that made the call", async () => {
    const set = (Status: string) => [
      ["UpdateAccessKey", { UserName: "mallory", AccessKeyId: "AKIAEXAMPLEMALLORY00", Status }],
    ];
    expectPlan(await quarantined(user, keys("Active")), set("Inactive"), set("Active"));
    expectOutcome(await quarantined(user, keys("Inactive")), "already-ok");
    const gone = { "iam:ListAccessKeys": failing("NoSuchEntityException") };
    expectOutcome(await quarantined(user, gone), "already-ok");
  });

  const put = (PolicyDocument: string) => [
    "PutRolePolicy",
    { RoleName: "app", PolicyName: quarantinePolicy, PolicyDocument },
  ];
  const live = (document: string) => ({
    "iam:GetRolePolicy": { PolicyDocument: encodeURIComponent(document) },
  });
  const missing = { "iam:GetRolePolicy": failing("NoSuchEntityException") };

  it("denies a role's sessions of before now, and would take that back", async () => {
    expectPlan(
      await quarantined(sessionOf("app"), missing),
      [put(denyBefore("2026-05-04T10:05:00.000Z"))],
      [["DeleteRolePolicy", { RoleName: "app", PolicyName: quarantinePolicy }]],
    );
  });

  it("renews an older denial, and would bring that back", async () => {
    const older = denyBefore("2026-05-01T00:00:00.000Z");
    expectPlan(
      await quarantined(sessionOf("app"), live(older)),
      [put(denyBefore("2026-05-04T10:05:00.000Z"))],
      [put(older)],
    );
  });

  it("otherwise says what it finds", async () => {
    const later = denyBefore("2026-05-04T10:03:00.000Z");
    expectOutcome(await quarantined(sessionOf("app"), live(later)), "already-ok");
    const other = denyBefore("2026-05-04T10:03:00.000Z", "Allow");
    expectOutcome(await quarantined(sessionOf("app"), live(other)), "changed-since");
  });

  it("does not take a policy of the same name that denies less for its own", async () => {
    const Condition = { DateLessThan: { "aws:TokenIssueTime": "2099-01-01T00:00:00.000Z" } };
    const Statement = [{ Effect: "Deny", Action: "s3:GetBucketCors", Resource: "*", Condition }];
    const planted = JSON.stringify({ Version: "2012-10-17", Statement });
    expectOutcome(await quarantined(sessionOf("app"), live(planted)), "changed-since");
  });

  it("leaves a role of the same name alone when the session is another account's by its ARN alone", async () => {
    const session = { type: "AssumedRole", arn: `arn:aws:sts::${stranger}:assumed-role/app/session` };
    expectOutcome(await quarantined(session, missing), "refused");
    const sessionIssuer = { type: "Role", arn: `arn:aws:iam::${stranger}:role/app`, userName: "app" };
    expectOutcome(await quarantined({ ...session, sessionContext: { sessionIssuer } }, missing), "refused");
  });

  it("denies a user's temporary keys, whose own key is not known", async () => {
    const policy = { UserName: "mallory", PolicyName: quarantinePolicy };
    const PolicyDocument = denyBefore("2026-05-04T10:05:00.000Z");
    const federated: UserIdentity = {
      type: "FederatedUser",
      arn: `arn:aws:sts::${account}:federated-user/x`,
      accountId: account,
      accessKeyId: "ASIAEXAMPLESESSION00",
      sessionContext: {
        sessionIssuer: { type: "IAMUser", arn: user.arn ?? "", accountId: account, userName: "mallory" },
      },
    };
    for (const identity of [{ ...user, accessKeyId: "ASIAEXAMPLESESSION00" }, federated])
      expectPlan(
        await quarantined(identity, { "iam:GetUserPolicy": failing("NoSuchEntityException") }),
        [["PutUserPolicy", { ...policy, PolicyDocument }]],
        [["DeleteUserPolicy", policy]],
      );
  });

  for (const [who, identity] of [
    ["root", { type: "Root", arn: `arn:aws:iam::${account}:root`, accountId: account }],
    ["a service-linked role", sessionOf("AWSServiceRoleForECS", "aws-service-role/ecs.amazonaws.com/")],
    [
      "a role of Identity Center",
      sessionOf("AWSReservedSSO_Admin_0123456789abcdef", "aws-reserved/sso.amazonaws.com/"),
    ],
    ["a role of another account", sessionOf("app", "", stranger)],
    ["an AWS service", { type: "AWSService", invokedBy: "backup.amazonaws.com" }],
  ] as [string, UserIdentity][])
    it(`leaves ${who} alone`, async () => {
      expectOutcome(await quarantined(identity, {}), "refused");
    });
});
