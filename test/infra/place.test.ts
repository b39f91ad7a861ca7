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
});
