import { expect } from "chai";
import { fixCloudtrailLoggingStopped } from "../../../handlers/remediations/cloudtrail/cloudtrail-logging-stopped";
import { fixEc2SgOpenToWorld } from "../../../handlers/remediations/ec2/ec2-sg-open-to-world";
import { fixIamAccessKeyForOtherUser } from "../../../handlers/remediations/iam/iam-access-key-for-other-user";
import { fixIamAdminPolicyAttachedGroup } from "../../../handlers/remediations/iam/iam-admin-policy-attached-group";
import { fixIamAdminPolicyAttachedRole } from "../../../handlers/remediations/iam/iam-admin-policy-attached-role";
import { fixIamAdminPolicyAttachedUser } from "../../../handlers/remediations/iam/iam-admin-policy-attached-user";
import { fixIamInlineAdminPolicy } from "../../../handlers/remediations/iam/iam-inline-admin-policy";
import { fixKmsKeyDisabledOrDeletion } from "../../../handlers/remediations/kms/kms-key-disabled-or-deletion";
import { completedRollback } from "../../../handlers/remediations/receipt";
import type { NoPlan, Plan, Remediation } from "../../../handlers/remediations/remediation";
import { fixS3PublicAccessBlockRemoved } from "../../../handlers/remediations/s3/s3-public-access-block-removed";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Match } from "../../../handlers/detections/detection";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { type Answers, aRecord, awsError } from "../../support/factories";
import { callsOf, kept, planned as plannedWith, rollbackAfter } from "../../support/planning";

/** Plans for a record against a fake AWS. */
async function planned(
  remediation: Remediation,
  record: Partial<CloudTrailRecord>,
  answers: Answers,
  match: Match = { evidence: [], resources: [] },
): Promise<Plan | NoPlan> {
  return plannedWith(remediation, record, { aws: answers, match });
}

function throwing(code: string) {
  return () => {
    throw awsError(code);
  };
}

const adminArn = "arn:aws:iam::aws:policy/AdministratorAccess";

for (const [remediation, subject] of [
  [fixIamAdminPolicyAttachedUser, "User"],
  [fixIamAdminPolicyAttachedRole, "Role"],
  [fixIamAdminPolicyAttachedGroup, "Group"],
] as const)
  describe(`remediate ${remediation.id}`, () => {
    const record = {
      eventName: `Attach${subject}Policy`,
      requestParameters: { [`${subject.toLowerCase()}Name`]: "ops", policyArn: adminArn },
    };
    const list = `iam:ListAttached${subject}Policies`;

    it("detaches that policy, and would attach it again", async () => {
      const attached = [{ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, { PolicyArn: adminArn }];
      const input = { [`${subject}Name`]: "ops", PolicyArn: adminArn };
      expect(
        callsOf(await planned(remediation, record, { [list]: { AttachedPolicies: attached } })),
      ).to.deep.equal({
        calls: [[`Detach${subject}Policy`, input]],
        rollback: [[`Attach${subject}Policy`, input]],
      });
    });

    it("is already-ok when it is detached or its subject is gone", async () => {
      expect(await planned(remediation, record, { [list]: { AttachedPolicies: [] } })).to.include({
        outcome: "already-ok",
      });
      const gone = throwing("NoSuchEntityException");
      expect(await planned(remediation, record, { [list]: gone })).to.include({ outcome: "already-ok" });
    });

    it("throws when it may not look", async () => {
      const error = await planned(remediation, record, { [list]: throwing("AccessDenied") }).catch(
        (e: Error) => e,
      );
      expect(error).to.have.property("name", "AccessDenied");
    });

    it("refuses a record that does not say whom", async () => {
      const nobody = { ...record, requestParameters: { policyArn: adminArn } };
      expect(await planned(remediation, nobody, {})).to.include({ outcome: "refused" });
    });
  });

describe("remediate iam-inline-admin-policy", () => {
  const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const record = {
    eventName: "PutUserPolicy",
    requestParameters: { userName: "bob", policyName: "all", policyDocument: document },
  };
  const input = { UserName: "bob", PolicyName: "all" };
  const live = (text: string) => ({ "iam:GetUserPolicy": { PolicyDocument: encodeURIComponent(text) } });

  it("deletes the policy that says what the event wrote, whatever the order of its keys", async () => {
    const reordered = '{"Statement":[{"Resource":"*","Action":"*","Effect":"Allow"}]}';
    expect(callsOf(await planned(fixIamInlineAdminPolicy, record, live(reordered)))).to.deep.equal({
      calls: [["DeleteUserPolicy", input]],
      rollback: [["PutUserPolicy", { ...input, PolicyDocument: reordered }]],
    });
  });

  it("says that it may have been put over another one", async () => {
    const plan = await planned(fixIamInlineAdminPolicy, record, live(document));
    expect("summary" in plan && plan.summary).to.match(/whether the call put it over another one .* lost/);
  });

  describe("with a baseline", () => {
    const narrow = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
    const over = (baseline: object) =>
      plannedWith(fixIamInlineAdminPolicy, record, {
        aws: live(document),
        baselines: kept(baselineKinds.userPolicy, "us-east-1", "bob/all", baseline),
      });
    const was = (text: string) => over({ GetUserPolicy: { PolicyDocument: encodeURIComponent(text) } });

    it("puts the policy that the event overwrote", async () => {
      expect(callsOf(await was(narrow))).to.deep.equal({
        calls: [["PutUserPolicy", { ...input, PolicyDocument: narrow }]],
        rollback: [["PutUserPolicy", { ...input, PolicyDocument: document }]],
      });
    });

    it("deletes one that is known to have overwritten none, and says nothing of a loss", async () => {
      const plan = await over({});
      expect(callsOf(plan).calls).to.deep.equal([["DeleteUserPolicy", input]]);
      expect("summary" in plan && plan.summary).to.equal("Delete the inline policy all of the user bob");
    });

    it("is already-ok when the policy says again what it said before", async () => {
      const plan = await plannedWith(fixIamInlineAdminPolicy, record, {
        aws: live(narrow),
        baselines: kept(baselineKinds.userPolicy, "us-east-1", "bob/all", {
          GetUserPolicy: { PolicyDocument: encodeURIComponent(narrow) },
        }),
      });
      expect(plan).to.include({ outcome: "already-ok" });
    });

    it("brings no administrator rights back", async () => {
      expect(await was(document)).to.include({ outcome: "already-ok" });
      const wider =
        '{"Statement":[{"Effect":"Allow","NotAction":"s3:*","Resource":"*"},' + document.slice(14);
      expect(await was(wider)).to.include({ outcome: "refused" });
    });
  });

  it("leaves a policy that was written anew", async () => {
    const other = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    expect(await planned(fixIamInlineAdminPolicy, record, live(other))).to.include({
      outcome: "changed-since",
    });
  });

  it("is already-ok when it is gone", async () => {
    const answers = { "iam:GetUserPolicy": throwing("NoSuchEntityException") };
    expect(await planned(fixIamInlineAdminPolicy, record, answers)).to.include({ outcome: "already-ok" });
  });

  for (const subject of ["Role", "Group"])
    it(`does the same for a ${subject.toLowerCase()}`, async () => {
      const parameters = {
        [`${subject.toLowerCase()}Name`]: "ops",
        policyName: "all",
        policyDocument: document,
      };
      const plan = await planned(
        fixIamInlineAdminPolicy,
        { eventName: `Put${subject}Policy`, requestParameters: parameters },
        { [`iam:Get${subject}Policy`]: { PolicyDocument: encodeURIComponent(document) } },
      );
      expect(callsOf(plan).calls).to.deep.equal([
        [`Delete${subject}Policy`, { [`${subject}Name`]: "ops", PolicyName: "all" }],
      ]);
    });
});

describe("remediate iam-access-key-for-other-user", () => {
  const record = {
    eventName: "CreateAccessKey",
    requestParameters: { userName: "bob" },
    responseElements: {
      accessKey: { userName: "bob", accessKeyId: "AKIAEXAMPLEBOB000001", status: "Active" },
    },
  };
  const keys = (...AccessKeyMetadata: object[]) => ({ "iam:ListAccessKeys": { AccessKeyMetadata } });
  const input = { UserName: "bob", AccessKeyId: "AKIAEXAMPLEBOB000001" };

  it("deactivates that key and no other", async () => {
    const both = keys(
      { AccessKeyId: "AKIAEXAMPLEBOB000000", Status: "Active" },
      { AccessKeyId: "AKIAEXAMPLEBOB000001", Status: "Active" },
    );
    expect(callsOf(await planned(fixIamAccessKeyForOtherUser, record, both))).to.deep.equal({
      calls: [["UpdateAccessKey", { ...input, Status: "Inactive" }]],
      rollback: [["UpdateAccessKey", { ...input, Status: "Active" }]],
    });
  });

  it("is already-ok when the key is inactive or gone, or the user is", async () => {
    const inactive = keys({ AccessKeyId: "AKIAEXAMPLEBOB000001", Status: "Inactive" });
    for (const answers of [inactive, keys(), { "iam:ListAccessKeys": throwing("NoSuchEntityException") }])
      expect(await planned(fixIamAccessKeyForOtherUser, record, answers)).to.include({
        outcome: "already-ok",
      });
  });
});

describe("remediate cloudtrail-logging-stopped", () => {
  const name = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
  const record = { eventName: "StopLogging", awsRegion: "eu-west-1", requestParameters: { name } };

  it("starts that trail in its home region, and says what nobody can compare", async () => {
    const plan = await planned(fixCloudtrailLoggingStopped, record, {
      "cloudtrail:GetTrailStatus": { IsLogging: false },
    });
    expect((plan as Plan).leaves).to.match(/could not be compared: nothing has kept how it was/);
    expect(callsOf(plan)).to.deep.equal({
      calls: [["StartLogging", { Name: name }]],
      rollback: [["StopLogging", { Name: name }]],
    });
    expect((plan as Plan).calls[0]?.region).to.equal("eu-west-1");
  });

  it("is already-ok when it logs, and changed-since when it is gone", async () => {
    const status = (answer: Answers[string]) => ({ "cloudtrail:GetTrailStatus": answer });
    expect(await planned(fixCloudtrailLoggingStopped, record, status({ IsLogging: true }))).to.include({
      outcome: "already-ok",
    });
    expect(
      await planned(fixCloudtrailLoggingStopped, record, status(throwing("TrailNotFoundException"))),
    ).to.include({ outcome: "changed-since" });
  });
});

describe("remediate s3-public-access-block-removed", () => {
  const all = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const none = {
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };
  const removed = { eventName: "DeleteBucketPublicAccessBlock", requestParameters: { bucketName: "data" } };
  const put = {
    eventName: "PutBucketPublicAccessBlock",
    requestParameters: {
      bucketName: "data",
      PublicAccessBlockConfiguration: { ...none, IgnorePublicAcls: true },
    },
  };
  const live = (answer: Answers[string]) => ({ "s3:GetPublicAccessBlock": answer });
  const configured = (PublicAccessBlockConfiguration: object) => live({ PublicAccessBlockConfiguration });
  const missing = live(throwing("NoSuchPublicAccessBlockConfiguration"));

  it("blocks all again where the block was deleted, and would delete it", async () => {
    expect(callsOf(await planned(fixS3PublicAccessBlockRemoved, removed, missing))).to.deep.equal({
      calls: [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: all }]],
      rollback: [["DeletePublicAccessBlock", { Bucket: "data" }]],
    });
  });

  it("blocks all again where flags were put to false, and would put what was there", async () => {
    const now = { ...none, IgnorePublicAcls: true };
    expect(callsOf(await planned(fixS3PublicAccessBlockRemoved, put, configured(now)))).to.deep.equal({
      calls: [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: all }]],
      rollback: [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration: now }]],
    });
  });

  it("is already-ok when all is blocked or the bucket is gone", async () => {
    expect(await planned(fixS3PublicAccessBlockRemoved, removed, configured(all))).to.include({
      outcome: "already-ok",
    });
    expect(await planned(fixS3PublicAccessBlockRemoved, put, live(throwing("NoSuchBucket")))).to.include({
      outcome: "already-ok",
    });
  });

  it("leaves what somebody set since", async () => {
    const other = configured({ ...none, BlockPublicAcls: true });
    expect(await planned(fixS3PublicAccessBlockRemoved, removed, other)).to.include({
      outcome: "changed-since",
    });
    expect(await planned(fixS3PublicAccessBlockRemoved, put, other)).to.include({
      outcome: "changed-since",
    });
    expect(await planned(fixS3PublicAccessBlockRemoved, put, missing)).to.include({
      outcome: "changed-since",
    });
  });
});

describe("remediate kms-key-disabled-or-deletion", () => {
  const disable = { eventName: "DisableKey", requestParameters: { keyId: "key-1" } };
  const schedule = {
    eventName: "ScheduleKeyDeletion",
    requestParameters: { keyId: "key-1", pendingWindowInDays: 7 },
  };
  const state = (KeyState: string) => ({ "kms:DescribeKey": { KeyMetadata: { KeyState } } });

  it("enables a disabled key", async () => {
    expect(callsOf(await planned(fixKmsKeyDisabledOrDeletion, disable, state("Disabled")))).to.deep.equal({
      calls: [["EnableKey", { KeyId: "key-1" }]],
      rollback: [["DisableKey", { KeyId: "key-1" }]],
    });
  });

  const before = (KeyState: string) =>
    kept(baselineKinds.key, aRecord().awsRegion, "key-1", { DescribeKey: { KeyMetadata: { KeyState } } });
  const deleting = (baselines: Record<string, unknown>, keyId = "key-1") =>
    plannedWith(
      fixKmsKeyDisabledOrDeletion,
      { ...schedule, requestParameters: { keyId } },
      { aws: state("PendingDeletion"), baselines },
    );

  it("enables a key whose deletion it cancels where it is known to have been enabled", async () => {
    const arn = "arn:aws:kms:us-west-2:111122223333:key/key-1";
    const calls = ["CancelKeyDeletion", "EnableKey"];
    expect(callsOf(await deleting(before("Enabled"))).calls).to.deep.equal(
      calls.map((operation) => [operation, { KeyId: "key-1" }]),
    );
    expect(callsOf(await deleting(before("Enabled"), arn)).calls).to.deep.equal(
      calls.map((operation) => [operation, { KeyId: arn }]),
    );
    const plan = await deleting(before("Enabled"));
    const schedule = ["ScheduleKeyDeletion", { KeyId: "key-1" }];
    expect(rollbackAfter(plan, 1)).to.deep.equal([schedule]);
    expect(rollbackAfter(plan, 2)).to.deep.equal([schedule]);
    // Somebody else had cancelled the deletion: that stays.
    const enabled = completedRollback(plan as Plan, [undefined, {}]);
    expect(enabled.map(({ operation }) => operation)).to.deep.equal(["DisableKey"]);
  });

  it("leaves a key disabled that is known to have been disabled", async () => {
    const plan = await deleting(before("Disabled"));
    expect(callsOf(plan).calls).to.deep.equal([["CancelKeyDeletion", { KeyId: "key-1" }]]);
    expect((plan as Plan).summary).to.include("as it was before");
  });

  it("cancels a deletion and leaves the key disabled, and would schedule it with the same window", async () => {
    expect(
      callsOf(await planned(fixKmsKeyDisabledOrDeletion, schedule, state("PendingDeletion"))),
    ).to.deep.equal({
      calls: [["CancelKeyDeletion", { KeyId: "key-1" }]],
      rollback: [["ScheduleKeyDeletion", { KeyId: "key-1", PendingWindowInDays: 7 }]],
    });
  });

  it("cancels the deletion of a multi-Region primary key, too, which waits for its replicas", async () => {
    const plan = await planned(fixKmsKeyDisabledOrDeletion, schedule, state("PendingReplicaDeletion"));
    expect(callsOf(plan).calls).to.deep.equal([["CancelKeyDeletion", { KeyId: "key-1" }]]);
  });

  it("says what it finds instead", async () => {
    expect(await planned(fixKmsKeyDisabledOrDeletion, disable, state("Enabled"))).to.include({
      outcome: "already-ok",
    });
    expect(await planned(fixKmsKeyDisabledOrDeletion, disable, state("PendingDeletion"))).to.deep.equal({
      outcome: "changed-since",
      reason: "the key key-1 was scheduled for deletion: enable it when that is cancelled",
    });
    expect(await planned(fixKmsKeyDisabledOrDeletion, schedule, state("Disabled"))).to.include({
      outcome: "already-ok",
    });
    const gone = { "kms:DescribeKey": throwing("NotFoundException") };
    expect(await planned(fixKmsKeyDisabledOrDeletion, schedule, gone)).to.include({
      outcome: "changed-since",
    });
  });
});

describe("remediate ec2-sg-open-to-world", () => {
  const added = (id: string, own: object = {}) => ({
    securityGroupRuleId: id,
    groupId: "sg-1",
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrIpv4: "0.0.0.0/0",
    ...own,
  });
  const record = {
    eventName: "AuthorizeSecurityGroupIngress",
    awsRegion: "eu-west-1",
    responseElements: {
      securityGroupRuleSet: { items: [added("sgr-1"), added("sgr-2", { cidrIpv4: "10.0.0.0/8" })] },
    },
  };
  const offending = { evidence: [], resources: [{ type: "AWS::EC2::SecurityGroupRule", id: "sgr-1" }] };
  const rule = (own: object = {}) => ({
    SecurityGroupRuleId: "sgr-1",
    GroupId: "sg-1",
    IsEgress: false,
    IpProtocol: "tcp",
    FromPort: 22,
    ToPort: 22,
    CidrIpv4: "0.0.0.0/0",
    ...own,
  });
  const live = (...SecurityGroupRules: object[]) => ({
    "ec2:DescribeSecurityGroupRules": { SecurityGroupRules },
  });

  it("revokes the offending rule by its id and not its neighbour of the same call", async () => {
    const plan = await planned(fixEc2SgOpenToWorld, record, live(rule({ Description: "ssh" })), offending);
    expect(callsOf(plan)).to.deep.equal({
      calls: [["RevokeSecurityGroupIngress", { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] }]],
      rollback: [
        [
          "AuthorizeSecurityGroupIngress",
          {
            GroupId: "sg-1",
            IpPermissions: [
              {
                IpProtocol: "tcp",
                FromPort: 22,
                ToPort: 22,
                IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "ssh" }],
              },
            ],
          },
        ],
      ],
    });
  });

  it("would authorize all traffic over IPv6 again without ports", async () => {
    const all = { ipProtocol: "-1", fromPort: -1, toPort: -1, cidrIpv4: undefined, cidrIpv6: "::/0" };
    const responseElements = { securityGroupRuleSet: { items: [added("sgr-1", all)] } };
    const now = rule({ IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv4: undefined, CidrIpv6: "::/0" });
    const plan = await planned(fixEc2SgOpenToWorld, { ...record, responseElements }, live(now), offending);
    expect(callsOf(plan).rollback).to.deep.equal([
      [
        "AuthorizeSecurityGroupIngress",
        { GroupId: "sg-1", IpPermissions: [{ IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] }] },
      ],
    ]);
  });

  it("is already-ok when the rule is gone, and changed-since when it was modified", async () => {
    const gone = { "ec2:DescribeSecurityGroupRules": throwing("InvalidSecurityGroupRuleId.NotFound") };
    expect(await planned(fixEc2SgOpenToWorld, record, gone, offending)).to.include({
      outcome: "already-ok",
    });
    for (const change of [{ CidrIpv4: "10.0.0.0/8" }, { ToPort: 443 }, { IpProtocol: "udp" }])
      expect(await planned(fixEc2SgOpenToWorld, record, live(rule(change)), offending)).to.include({
        outcome: "changed-since",
      });
  });

  it("needs the ids of the rules that were added", async () => {
    expect(await planned(fixEc2SgOpenToWorld, record, {})).to.include({ outcome: "refused" });
  });
});
