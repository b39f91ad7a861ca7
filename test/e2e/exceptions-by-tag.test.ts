import type { CallAws } from "../../handlers/aws/call";
import { expect } from "chai";
import { createCallAws } from "../../handlers/aws/clients";
import { tagActions, tagVerdictOf } from "../../handlers/findings/tags";
import { aFinding, aRecord } from "../support/factories";
import { emulator } from "./support";

describe("exceptions by tag, on MiniStack", () => {
  let account: string;
  let region: string;
  let root: CallAws;
  /** With no other permissions than the role has for tag exceptions. */
  let reader: CallAws;
  const iam = (operation: string, input: Record<string, unknown>) =>
    root({ service: "iam", operation, region: "us-east-1", input });
  const here = (service: string, operation: string, input: Record<string, unknown>) =>
    root({ service, operation, region, input });
  const allow = (UserName: string, ...Action: string[]) =>
    iam("PutUserPolicy", {
      UserName,
      PolicyName: "may",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, Resource: "*" }],
      }),
    });

  before(async () => {
    // The emulator may have to be installed first.
    const running = await emulator();
    const { endpoint, credentials } = running;
    ({ account, region } = running);
    root = createCallAws({ endpoint, credentials });
    await iam("CreateUser", { UserName: "reader-of-tags" });
    await allow("reader-of-tags", ...new Set(tagActions));
    const { AccessKey } = await iam("CreateAccessKey", { UserName: "reader-of-tags" });
    const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    reader = createCallAws({
      endpoint,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    });
  });

  const tags = [{ Key: "exposure", Value: "public" }];
  const things: { type: string; sets: string; make(): Promise<string> }[] = [
    {
      type: "AWS::EC2::SecurityGroup",
      sets: "ec2:CreateTags",
      async make() {
        const { Vpc } = await here("ec2", "CreateVpc", { CidrBlock: "10.8.0.0/16" });
        const { GroupId } = await here("ec2", "CreateSecurityGroup", {
          GroupName: "tagged",
          Description: "x",
          VpcId: (Vpc as { VpcId: string }).VpcId,
        });
        await here("ec2", "CreateTags", { Resources: [GroupId], Tags: tags });
        return String(GroupId);
      },
    },
    {
      type: "AWS::S3::Bucket",
      sets: "s3:PutBucketTagging",
      async make() {
        await here("s3", "CreateBucket", { Bucket: "tagged-for-exceptions" });
        await here("s3", "PutBucketTagging", { Bucket: "tagged-for-exceptions", Tagging: { TagSet: tags } });
        return "tagged-for-exceptions";
      },
    },
    {
      type: "AWS::IAM::User",
      sets: "iam:TagUser",
      async make() {
        await iam("CreateUser", { UserName: "tagged-user", Tags: tags });
        return "tagged-user";
      },
    },
    {
      type: "AWS::KMS::Key",
      sets: "kms:TagResource",
      async make() {
        const kmsTags = tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
        const { KeyMetadata } = await here("kms", "CreateKey", { Tags: kmsTags });
        return (KeyMetadata as { KeyId: string }).KeyId;
      },
    },
  ];

  for (const [index, { type, sets, make }] of things.entries())
    it(`${type}: a tag counts until the caller may set it`, async () => {
      const id = await make();
      const name = `caller-${index}`;
      await iam("CreateUser", { UserName: name });
      await allow(name, "sts:GetCallerIdentity");
      const finding = aFinding(
        { account, match: { evidence: [], resources: [{ type, id }] } },
        aRecord({ awsRegion: region }),
        { name, account, arn: `arn:aws:iam::${account}:user/${name}` },
      );
      expect(await tagVerdictOf(finding, "exposure=pub*", reader)).to.deep.equal({ has: true, counts: true });
      expect(await tagVerdictOf(finding, "exposure=private", reader)).to.deep.equal({ has: false });
      await allow(name, sets);
      expect(await tagVerdictOf(finding, "exposure=public", reader)).to.deep.equal({
        has: true,
        counts: false,
        why: `arn:aws:iam::${account}:user/${name} may set it (${sets})`,
      });
    });
});
