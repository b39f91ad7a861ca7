import { expect } from "chai";
import { webAclLogging } from "../../../../handlers/baselines/kinds/web-acl-logging";
import { fakeAws } from "../../../support/factories";
import { describeKind } from "./describe-kind";

const ResourceArn = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/a/1";
const global = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1";
const logging = (arn: string) => ({
  ResourceArn: arn,
  LogDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-a"],
});

describeKind("webAclLogging", {
  read: {
    id: ResourceArn,
    answers: { "wafv2:GetLoggingConfiguration": { LoggingConfiguration: logging(ResourceArn) } },
    state: { GetLoggingConfiguration: { LoggingConfiguration: logging(ResourceArn) } },
  },
  list: {
    region: "us-east-1",
    answers: {
      "wafv2:ListLoggingConfigurations": ({ Scope }) => ({
        LoggingConfigurations: [logging(Scope === "CLOUDFRONT" ? global : ResourceArn)],
      }),
    },
    found: [{ id: ResourceArn }, { id: global }],
  },
  setBy: [
    [
      "wafv2:PutLoggingConfiguration",
      { requestParameters: { loggingConfiguration: { resourceArn: "arn:acl" } } },
      ["arn:acl"],
    ],
  ],
});

describe("logging of web ACLs", () => {
  it("is read for CloudFront's in the only region that lists them", async () => {
    const scopes: Record<string, unknown[]> = {};
    for (const region of ["us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"]) {
      const { aws, calls } = fakeAws({ "wafv2:ListLoggingConfigurations": {} });
      for await (const page of webAclLogging.list.pages(aws, region)) expect(page).to.deep.equal([]);
      scopes[region] = calls.map(({ input }) => input.Scope);
    }
    expect(scopes).to.deep.equal({
      "us-east-1": ["REGIONAL", "CLOUDFRONT"],
      "eu-west-1": ["REGIONAL"],
      "us-gov-west-1": ["REGIONAL"],
      "cn-north-1": ["REGIONAL"],
    });
  });
});
