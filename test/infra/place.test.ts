import { expect } from "chai";
import { checkConfig } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import { problemsIn } from "../../infra/place";

const place = { partition: "aws", region: "us-west-2", account: "111122223333" };

function configWith(subscribers: object[]): Config {
  const values = { "cloudtrailer:team": "blue", "cloudtrailer:subscribers": JSON.stringify(subscribers) };
  const { config } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue: [] });
  if (config === undefined) throw new Error("expected a configuration without problems");
  return config;
}

describe("the configuration in its place", () => {
  it("may have subscribers of this account, in any region", () => {
    const config = configWith([
      { protocol: "sqs", endpoint: "arn:aws:sqs:eu-west-1:111122223333:siem" },
      { protocol: "lambda", endpoint: "arn:aws:lambda:us-west-2:111122223333:function:chat:live" },
      { protocol: "email", endpoint: "security@example.com" },
      { protocol: "https", endpoint: "https://hooks.example.com/a:b:c:d:999988887777" },
    ]);
    expect(problemsIn(place, config)).to.deep.equal([]);
  });

  it("may have no queue and no function of another account or partition, each named with what to do", () => {
    const config = configWith([
      { protocol: "sqs", endpoint: "arn:aws:sqs:us-west-2:999988887777:siem" },
      { protocol: "email", endpoint: "security@example.com" },
      { protocol: "lambda", endpoint: "arn:aws:lambda:us-west-2:999988887777:function:chat" },
      { protocol: "sqs", endpoint: "arn:aws-cn:sqs:cn-north-1:111122223333:siem" },
    ]);
    const problems = problemsIn(place, config);
    expect(problems.map(({ key }) => key)).to.deep.equal([
      "subscribers[0].endpoint",
      "subscribers[2].endpoint",
      "subscribers[3].endpoint",
    ]);
    expect(problems[0]?.expected).to.match(/a queue in this account, 111122223333.*forwards to it/);
    expect(problems[1]?.expected).to.match(/a function in this account/);
    // The endpoint may be a secret.
    expect(JSON.stringify(problems)).not.to.match(/999988887777|siem/);
  });

  describe("of an existing trail", () => {
    const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    const problemsOf = (own: object, more: Record<string, string> = {}) => {
      const values = {
        "cloudtrailer:team": "blue",
        "cloudtrailer:trail": "existing",
        "cloudtrailer:existingTrail": JSON.stringify({ arn, bucket: "company-logs", ...own }),
        ...more,
      };
      const checked = checkConfig(
        { project: "cloudtrailer", values, secrets: [] },
        { now: 0, catalogue: [] },
      );
      if (checked.config === undefined) throw new Error(JSON.stringify(checked.problems));
      return problemsIn(place, checked.config).map(({ key }) => key);
    };

    it("may be in another region, and its bucket in another account", () => {
      expect(problemsOf({ bucketAccount: "444455556666", bucketRegion: "eu-west-1" })).to.deep.equal([]);
    });

    it("may be another account's only as an organization's", () => {
      const foreign = { arn: arn.replace("111122223333", "999988887777") };
      expect(problemsOf(foreign)).to.deep.equal(["existingTrail.organizationId"]);
      expect(problemsOf({ ...foreign, organizationId: "o-abcde12345" })).to.deep.equal([]);
    });

    it("sends its bucket's events only here", () => {
      expect(problemsOf({ bucketEvents: true })).to.deep.equal([]);
      const elsewhere = [{ bucketAccount: "444455556666" }, { bucketRegion: "eu-west-1" }];
      for (const own of elsewhere)
        expect(problemsOf({ ...own, bucketEvents: true })).to.deep.equal(["existingTrail.bucketEvents"]);
    });

    it("has a key where its bucket is, and is of this partition", () => {
      const key = { "cloudtrailer:kmsKey": "arn:aws:kms:us-west-2:444455556666:key/1" };
      expect(problemsOf({}, key)).to.deep.equal([]);
      expect(problemsOf({ bucketRegion: "eu-west-1" }, key)).to.deep.equal(["kmsKey"]);
      expect(problemsOf({ arn: arn.replace("arn:aws:", "arn:aws-cn:") })).to.deep.equal([
        "existingTrail.arn",
      ]);
    });
  });
});
