import {
  CreateTrailCommand,
  DeleteTrailCommand,
  CloudTrailClient,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { Emulator } from "../../local/emulator";
import { startEmulator } from "../../local/emulator";

/** The name of the error of a call; `done` if there is none. */
const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: Error) => error.name,
  );

describe("AWS's limits on the emulator", () => {
  // Its own emulator, because trails are counted, and other tests have some.
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(async () => emulator.stop());

  const client = <C>(Client: new (settings: object) => C, region = emulator.region) => {
    const { endpoint, credentials } = emulator;
    return new Client({ endpoint, credentials, region, forcePathStyle: true });
  };

  describe("five trails in a region", () => {
    const create = (region: string, Name: string, IsMultiRegionTrail = false) =>
      outcomeOf(
        client(CloudTrailClient, region).send(
          new CreateTrailCommand({ Name, S3BucketName: "logs", IsMultiRegionTrail }),
        ),
      );
    const remove = (region: string, Name: string) =>
      client(CloudTrailClient, region).send(new DeleteTrailCommand({ Name }));
    const widen = (region: string, Name: string) =>
      outcomeOf(
        client(CloudTrailClient, region).send(new UpdateTrailCommand({ Name, IsMultiRegionTrail: true })),
      );
    const full = "MaximumNumberOfTrailsExceededException";

    it("count multi-region trails in every region, and single-region ones in theirs", async () => {
      for (const name of ["own-1", "own-2", "own-3"])
        expect(await create("us-west-2", name)).to.equal("done");
      for (const name of ["all-1", "all-2"]) expect(await create("eu-west-1", name, true)).to.equal("done");
      expect(await create("us-west-2", "own-4")).to.equal(full);
      // There is room in the home region, and none in us-west-2.
      expect(await create("eu-west-1", "all-3", true)).to.equal(full);
      expect(await create("eu-west-1", "own-5")).to.equal("done");
      expect(await widen("eu-west-1", "own-5")).to.equal(full);
      await remove("us-west-2", "own-3");
      expect(await widen("eu-west-1", "own-5")).to.equal("done");
      expect(await create("us-west-2", "own-6")).to.equal(full);
      expect(await create("ap-south-1", "own-7")).to.equal("done");
      // One that already counts may be changed.
      expect(await widen("eu-west-1", "all-1")).to.equal("done");
    });

    it("name the account and the region that is full", async () => {
      const error = await client(CloudTrailClient)
        .send(new CreateTrailCommand({ Name: "one-more", S3BucketName: "logs" }))
        .catch((refused: Error) => refused);
      expect(String(error)).to.contain("User: 111122223333 already has 5 trails in us-west-2.");
    });
  });

  it("are the names of trails", async () => {
    const create = (Name: string) =>
      outcomeOf(
        client(CloudTrailClient, "ap-south-1").send(new CreateTrailCommand({ Name, S3BucketName: "logs" })),
      );
    for (const name of ["192.168.5.4", "ab", "-abc", "a--b", "a b"])
      expect(await create(name), name).to.equal("InvalidTrailNameException");
    expect(await create("192.168.5.4a")).to.equal("done");
  });

  it("are the names of buckets", async () => {
    const s3 = client(S3Client);
    const create = (Bucket: string) => outcomeOf(s3.send(new CreateBucketCommand({ Bucket })));
    for (const name of [
      "xn--a",
      "sthree-a",
      "amzn-s3-demo-a",
      "a-s3alias",
      "a--ol-s3",
      "a--table-s3",
      "a-an",
    ])
      expect(await create(name), name).to.equal("InvalidBucketName");
    expect(await create("logs-s3alias-a")).to.equal("done");
    await s3.send(new DeleteBucketCommand({ Bucket: "logs-s3alias-a" }));
  });

  describe("of policies", () => {
    const RoleName = "limited";
    /** A policy of this many characters, without those that do not count. */
    function policyOf(size: number, spaces = 0): string {
      const document = (Resource: string) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource }],
        });
      const text = document(`arn:aws:s3:::${"x".repeat(size - document("arn:aws:s3:::").length)}`);
      return text.replace('{"Version"', `{${" ".repeat(spaces)}"Version"`);
    }

    before(async () => {
      const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
      await client(IAMClient).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    });
    after(async () => client(IAMClient).send(new DeleteRoleCommand({ RoleName })));

    it("are 6,144 characters for a managed policy, not counting white space", async () => {
      const iam = client(IAMClient);
      const create = (PolicyDocument: string) =>
        iam.send(new CreatePolicyCommand({ PolicyName: "size", PolicyDocument }));
      expect(await outcomeOf(create(policyOf(6_145)))).to.equal("LimitExceededException");
      const { Policy } = await create(policyOf(6_144, 100));
      const PolicyArn = Policy?.Arn;
      const PolicyDocument = policyOf(6_145);
      const version = iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument }));
      expect(await outcomeOf(version)).to.equal("LimitExceededException");
      await iam.send(new DeletePolicyCommand({ PolicyArn }));
    });

    it("are 10,240 characters for all inline policies of a role together", async () => {
      const iam = client(IAMClient);
      const put = (PolicyName: string, size: number) =>
        outcomeOf(
          iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policyOf(size) })),
        );
      expect(await put("one", 10_241)).to.equal("LimitExceededException");
      expect(await put("one", 10_000)).to.equal("done");
      expect(await put("two", 241)).to.equal("LimitExceededException");
      expect(await put("two", 240)).to.equal("done");
      expect(await put("one", 9_999)).to.equal("done");
      for (const PolicyName of ["one", "two"])
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    });

    it("are ten managed policies per role", async () => {
      const iam = client(IAMClient);
      const arns: string[] = [];
      for (let i = 0; i < 11; i++) {
        const created = await iam.send(
          new CreatePolicyCommand({ PolicyName: `number-${i}`, PolicyDocument: policyOf(200) }),
        );
        arns.push(String(created.Policy?.Arn));
      }
      const attach = (PolicyArn: string) =>
        outcomeOf(iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })));
      const outcomes = [];
      for (const arn of arns) outcomes.push(await attach(arn));
      expect(outcomes).to.deep.equal([...Array<string>(10).fill("done"), "LimitExceededException"]);
      expect(await attach(String(arns[0]))).to.equal("done");
      for (const PolicyArn of arns.slice(0, 10))
        await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      for (const PolicyArn of arns) await iam.send(new DeletePolicyCommand({ PolicyArn }));
    });
  });
});
