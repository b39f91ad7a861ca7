import { expect } from "chai";
import { createSourceProof } from "../../../handlers/findings/source-proof";
import { onlyCloudTrailWrites } from "../../../policies/log-owner";
import { awsError, fakeAws, someSettings } from "../../support/factories";

const trails = ["arn:aws:cloudtrail:us-east-1:111122223333:trail/main"];
const statement = onlyCloudTrailWrites({
  bucketArn: "arn:aws:s3:::lambdasharp-red-cloudtrail",
  folder: someSettings().prefix,
  trails,
});
const safe = { Policy: JSON.stringify({ Statement: [statement] }) };

/** An answer, which is thrown if it is an error. */
const thrown = (answer: unknown) => (): Record<string, unknown> => {
  if (answer instanceof Error) throw answer;
  return answer as Record<string, unknown>;
};

function prepare(answer: unknown, source: object | undefined = {}) {
  let clock = 0;
  const { aws, calls } = fakeAws({ "s3:GetBucketPolicy": thrown(answer) });
  const settings = { ...someSettings(), ...(source === undefined ? {} : { source }) };
  const whyUnproven = createSourceProof(aws, settings, () => clock);
  return { whyUnproven, calls, pass: (ms: number) => (clock += ms) };
}

describe("createSourceProof", () => {
  it("takes the stack's own bucket for proven, without a call", async () => {
    const aws = fakeAws({});
    expect(await createSourceProof(aws.aws, someSettings(), () => 0)()).to.equal(undefined);
    expect(aws.calls).to.deep.equal([]);
  });

  it("reads the policy of an existing bucket, at most every minute", async () => {
    const { whyUnproven, calls, pass } = prepare(safe);
    expect(await whyUnproven()).to.equal(undefined);
    expect(await whyUnproven()).to.equal(undefined);
    expect(calls).to.have.length(1);
    pass(60_000);
    await whyUnproven();
    expect(calls).to.have.length(2);
  });

  it("reads it in the bucket's account and region", async () => {
    const source = {
      account: "444455556666",
      region: "eu-west-1",
      policyReader: "arn:aws:iam::444455556666:role/r",
    };
    const { whyUnproven, calls } = prepare(safe, source);
    expect(await whyUnproven()).to.equal(undefined);
    expect(calls[0]).to.include({ account: "444455556666", region: "eu-west-1" });
  });

  it("says what others may do, and that there is no policy", async () => {
    expect(await prepare({ Policy: "{}" }).whyUnproven()).to.match(/others may s3:PutObject/);
    expect(await prepare(awsError("NoSuchBucketPolicy")).whyUnproven()).to.match(/others may s3:PutObject/);
  });

  it("says when it cannot know", async () => {
    expect(await prepare(awsError("AccessDenied")).whyUnproven()).to.match(/could not be read: AccessDenied/);
    const { whyUnproven, calls } = prepare(safe, { account: "444455556666" });
    expect(await whyUnproven()).to.match(
      /only its account 444455556666 can read: set existingTrail\.policyReader/,
    );
    expect(calls).to.deep.equal([]);
  });

  it("throws a passing error, and asks again", async () => {
    const { whyUnproven, calls } = prepare(awsError("ServiceUnavailable"));
    const outcome = () =>
      whyUnproven().then(
        () => "answered",
        () => "thrown",
      );
    expect(await outcome()).to.equal("thrown");
    expect(await outcome()).to.equal("thrown");
    expect(calls).to.have.length(2);
  });
});
