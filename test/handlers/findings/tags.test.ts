import type { Call } from "../../../handlers/aws/call";
import { expect } from "chai";
import { partitionOf } from "../../../handlers/aws/regions";
import { tagActions, taggedTypes, tagFrom, tagVerdictOf } from "../../../handlers/findings/tags";
import type { Finding } from "../../../handlers/detections/finding";
import { account, type Answers, aFinding, aRecord, awsError, fakeAws } from "../../support/factories";
import { answerOf, problemsOfCall } from "../../support/service-model";

describe("a tag of an exception", () => {
  const mallory = `arn:aws:iam::${account}:user/mallory`;
  const group = "sg-0a1b2c3d";
  const opened = (actor: Parameters<typeof aFinding>[2] = {}, ...more: { type: string; id: string }[]) =>
    aFinding(
      {
        match: {
          evidence: [],
          resources: [
            { type: "AWS::EC2::SecurityGroup", id: group },
            { type: "AWS::EC2::SecurityGroupRule", id: "sgr-1" },
            ...more,
          ],
        },
      },
      aRecord({ awsRegion: "us-west-2" }),
      actor,
    );
  const tagged = (Value = "web") => ({ "ec2:DescribeTags": { Tags: [{ Key: "team", Value }] } });
  const simulated = (
    EvalDecision: string,
    MissingContextValues: string[] = [],
    EvalActionName = "ec2:CreateTags",
  ) => ({
    "iam:SimulatePrincipalPolicy": {
      EvaluationResults: [{ EvalActionName, EvalDecision, MissingContextValues }],
    },
  });
  const verdict = (answers: Answers, finding: Finding = opened(), tag = "team=web*") =>
    tagVerdictOf(finding, tag, fakeAws(answers).aws);
  const whyNot = async (answers: Answers, finding?: Finding) => {
    const found = await verdict(answers, finding);
    if (!found.has || found.counts)
      throw new Error(`expected a tag that does not count, found ${JSON.stringify(found)}`);
    return found.why;
  };

  it("counts when the caller may not set it", async () => {
    const counts = { has: true, counts: true };
    expect(await verdict({ ...tagged(), ...simulated("implicitDeny") })).to.deep.equal(counts);
    expect(await verdict({ ...tagged("web-2"), ...simulated("explicitDeny") })).to.deep.equal(counts);
  });

  it("is checked with IAM where the finding's partition has it", async () => {
    for (const [awsRegion, home] of [
      ["us-gov-east-1", "us-gov-west-1"],
      ["cn-northwest-1", "cn-north-1"],
      ["eu-west-1", "us-east-1"],
    ] as const) {
      const resources = [{ type: "AWS::IAM::User", id: "bob" }];
      const finding = aFinding({ match: { evidence: [], resources } }, aRecord({ awsRegion }));
      const { aws, calls } = fakeAws({
        "iam:ListUserTags": { Tags: [{ Key: "team", Value: "web" }] },
        ...simulated("implicitDeny", [], "iam:TagUser"),
      });
      expect(await tagVerdictOf(finding, "team=web", aws)).to.deep.equal({ has: true, counts: true });
      expect(calls.map(({ region }) => region)).to.deep.equal([home, home]);
      expect(calls.at(-1)?.input.ResourceArns).to.deep.equal([
        `arn:${partitionOf(awsRegion)}:iam::${account}:user/bob`,
      ]);
    }
  });

  it("asks about that user or role, that resource, that key and that value", async () => {
    const role = { name: "deploy", arn: `arn:aws:iam::${account}:role/ci/deploy` };
    for (const [actor, source] of [
      [{}, mallory],
      [{ arn: `arn:aws:sts::${account}:assumed-role/deploy/ci`, role }, role.arn],
    ] as const) {
      const { aws, calls } = fakeAws({ ...tagged(), ...simulated("implicitDeny") });
      await tagVerdictOf(opened(actor), "team=web*", aws);
      expect(calls.at(-1)?.input).to.deep.equal({
        PolicySourceArn: source,
        ActionNames: ["ec2:CreateTags"],
        ResourceArns: [`arn:aws:ec2:us-west-2:${account}:security-group/${group}`],
        ContextEntries: [
          { ContextKeyName: "aws:TagKeys", ContextKeyValues: ["team"], ContextKeyType: "stringList" },
          { ContextKeyName: "aws:RequestTag/team", ContextKeyValues: ["web"], ContextKeyType: "string" },
        ],
      });
    }
  });

  it("does not match without the tag, with another value, or on one resource of two", async () => {
    expect(await verdict({ "ec2:DescribeTags": { Tags: [] } })).to.deep.equal({ has: false });
    expect(await verdict(tagged("db"))).to.deep.equal({ has: false });
    let asked = 0;
    const first = {
      "ec2:DescribeTags": () => ({ Tags: asked++ === 0 ? [{ Key: "team", Value: "web" }] : [] }),
    };
    expect(await verdict(first, opened({}, { type: "AWS::EC2::VPC", id: "vpc-1" }))).to.deep.equal({
      has: false,
    });
    expect(await verdict({}, aFinding({ match: { evidence: [], resources: [] } }))).to.deep.equal({
      has: false,
    });
    const unknown = aFinding({
      match: { evidence: [], resources: [{ type: "AWS::Macie::Session", id: "x" }] },
    });
    expect(await verdict({}, unknown)).to.deep.equal({ has: false });
  });

  it("does not count when the caller may set it", async () => {
    expect(await whyNot({ ...tagged(), ...simulated("allowed") })).to.equal(
      `${mallory} may set it (ec2:CreateTags)`,
    );
  });

  it("does not count when that depends on what only the call itself would show", async () => {
    const why = await whyNot({ ...tagged(), ...simulated("implicitDeny", ["aws:MultiFactorAuthPresent"]) });
    expect(why).to.match(/may be able to set it .* depending on aws:MultiFactorAuthPresent/);
  });

  it("does not count if the simulation does not mention the action", async () => {
    expect(await whyNot({ ...tagged(), ...simulated("implicitDeny", [], "ec2:RunInstances") })).to.match(
      /it is unknown whether/,
    );
  });

  it("does not count for root, for principals of other accounts, and for unknown ones", async () => {
    expect(await whyNot(tagged(), opened({ type: "Root" }))).to.match(/root may set any tag/);
    const stranger = "arn:aws:iam::999988887777:role/admin";
    expect(await whyNot(tagged(), opened({ role: { name: "admin", arn: stranger } }))).to.match(
      /belongs to account 999988887777/,
    );
    const nameless = aFinding({}, aRecord());
    delete nameless.actor.arn;
    expect(await whyNot(tagged(), { ...opened(), actor: nameless.actor })).to.match(/it is unknown whether/);
    const session = { role: { name: "admin" } };
    expect(await whyNot(tagged(), opened(session)), "a role without its ARN").to.match(
      /it is unknown whether/,
    );
  });

  describe("on a resource with its own policy", () => {
    const bucket = aFinding({
      match: { evidence: [], resources: [{ type: "AWS::S3::Bucket", id: "data" }] },
    });
    const denied = {
      "iam:SimulatePrincipalPolicy": {
        EvaluationResults: ["s3:PutBucketTagging", "s3:TagResource"].map((EvalActionName) => ({
          EvalActionName,
          EvalDecision: "implicitDeny",
        })),
      },
    };
    const withPolicy = (Principal: unknown, Action = "s3:Put*"): Answers => ({
      "s3:GetBucketTagging": { TagSet: [{ Key: "team", Value: "web" }] },
      "s3:GetBucketPolicy": {
        Policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action, Resource: "*" }] }),
      },
      ...denied,
    });

    it("does not count if that policy lets anybody set tags", async () => {
      expect(await whyNot(withPolicy("*"), bucket)).to.equal(
        "the policy of data itself lets somebody set tags",
      );
      expect(await whyNot(withPolicy({ AWS: mallory }), bucket)).to.match(/lets somebody/);
    });

    it("counts if it names only the account, lets them do something else, or does not exist", async () => {
      const counts = { has: true, counts: true };
      expect(await verdict(withPolicy({ AWS: `arn:aws:iam::${account}:root` }), bucket)).to.deep.equal(
        counts,
      );
      expect(await verdict(withPolicy("*", "s3:GetObject"), bucket)).to.deep.equal(counts);
      const none = () => {
        throw awsError("NoSuchBucketPolicy");
      };
      expect(await verdict({ ...withPolicy("*"), "s3:GetBucketPolicy": none }, bucket)).to.deep.equal(counts);
    });
  });

  it("ignores AWS's own policies, which nobody here can tag", async () => {
    const attached = aFinding({
      match: {
        evidence: [],
        resources: [
          { type: "AWS::IAM::User", id: "bob" },
          { type: "AWS::IAM::ManagedPolicy", id: "arn:aws:iam::aws:policy/AdministratorAccess" },
        ],
      },
    });
    const answers = {
      "iam:ListUserTags": { Tags: [{ Key: "team", Value: "web" }] },
      ...simulated("implicitDeny", [], "iam:TagUser"),
    };
    expect(await verdict(answers, attached)).to.deep.equal({ has: true, counts: true });
  });

  it("throws when it may not look", async () => {
    const denied = () => {
      throw awsError("UnauthorizedOperation");
    };
    const error = await verdict({ "ec2:DescribeTags": denied }).catch((reason: Error) => reason);
    expect(error).to.have.property("name", "UnauthorizedOperation");
  });

  describe("can be read for every type", () => {
    const ids: Record<string, string> = {
      "AWS::SNS::Topic": `arn:aws:sns:us-west-2:${account}:t`,
      "AWS::SQS::Queue": `https://sqs.us-west-2.amazonaws.com/${account}/q`,
    };
    for (const [type, tagged] of Object.entries(taggedTypes))
      it(type, async () => {
        const asked: Call[] = [];
        const aws = async (call: Call) => {
          asked.push(call);
          const answer = answerOf(call, ["team"], (below) => Math.min(1, below - 1));
          if (call.operation !== "SimulatePrincipalPolicy") return answer;
          const EvaluationResults = tagged.sets.map((EvalActionName) => ({
            EvalActionName,
            EvalDecision: "implicitDeny",
          }));
          return { EvaluationResults };
        };
        const resources = [{ type, id: ids[type] ?? "name-1" }];
        const finding = aFinding({ match: { evidence: [], resources } }, aRecord({ awsRegion: "us-west-2" }));
        expect(await tagVerdictOf(finding, "team=*", aws)).to.deep.equal({ has: true, counts: true });
        expect(asked.flatMap(problemsOfCall)).to.deep.equal([]);
        expect(String(asked.at(-1)?.input.ResourceArns)).to.match(/^arn:aws:[a-z0-9]+:/);
        expect(tagActions).to.include.members(tagged.reads);
      });
  });

  it("is a key and a pattern of the value", () => {
    expect(tagFrom("team=a=b")).to.deep.equal({ key: "team", value: "a=b" });
    expect(tagFrom("team=")).to.deep.equal({ key: "team", value: "" });
    expect(tagFrom("=web")).to.equal(undefined);
    expect(tagFrom("team")).to.equal(undefined);
  });
});
