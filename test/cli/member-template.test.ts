import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PolicyDocument } from "../../policies/document";
import { called } from "./called";

describe("cloudtrailer member-template", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-member-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const inPlace = ["--account", "111122223333", "--region", "us-west-2"];
  const printed = (organization: string, more: string[] = inPlace) => {
    const file = join(folder, "Pulumi.red.yaml");
    writeFileSync(file, `config:\n  cloudtrailer:team: red\n  cloudtrailer:mode: fix\n${organization}`);
    return called(["member-template", "--config", file, ...more]);
  };
  const members = '  cloudtrailer:organization: { id: o-abcde12345, accounts: ["222233334444"] }\n';

  it("prints the role, which trusts the detector alone, as a template that CloudFormation takes", async () => {
    const { code, out, err } = await printed(members);
    expect([code, err]).to.deep.equal([0, []]);
    const { Resources } = JSON.parse(out.join("\n")) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    expect(Resources.Role?.Type).to.equal("AWS::IAM::Role");
    expect(Resources.Role?.Properties.RoleName).to.equal("cloudtrailer-member-red");
    const trust = Resources.Role?.Properties.AssumeRolePolicyDocument as PolicyDocument;
    expect(trust.Statement).to.have.length(1);
    expect(trust.Statement[0]).to.deep.include({
      Principal: { AWS: "arn:aws:iam::111122223333:role/cloudtrailer-lambda-role-red" },
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcde12345" } },
    });
  });

  it("names the partition of the stack's region", async () => {
    const { out } = await printed(members, ["--account", "111122223333", "--region", "us-gov-west-1"]);
    expect(out.join("\n")).to.include("arn:aws-us-gov:iam::111122223333:role/cloudtrailer-lambda-role-red");
  });

  it("prints the rules that send records within seconds, unless there are none", async () => {
    const { code, out } = await printed(members, [...inPlace, "--events"]);
    expect(code).to.equal(0);
    const { Resources } = JSON.parse(out.join("\n")) as {
      Resources: Record<string, { Type: string; Properties: { Name: string; Targets: { Arn: string }[] } }>;
    };
    for (const { Type, Properties } of Object.values(Resources)) {
      expect(Type).to.equal("AWS::Events::Rule");
      expect(Properties.Name).to.match(/^cloudtrailer-events-red\./);
      expect(Properties.Targets[0]?.Arn).to.equal(
        "arn:aws:events:us-west-2:111122223333:event-bus/cloudtrailer-events-red",
      );
    }
    const none = await printed(`${members}  cloudtrailer:fast: none\n`, [...inPlace, "--events"]);
    expect(none.code).to.equal(2);
    expect(none.err.join("\n")).to.match(/expected fast: home or all/);
  });

  for (const [what, organization, more, expected] of [
    ["no members", "", inPlace, /expected organization\.accounts or organization\.units/],
    ["a wrong configuration", "  cloudtrailer:organization: { units: [ou-1] }\n", inPlace, /organization/],
    ["no account", members, [], /expected --account ID/],
    ["half an account", members, ["--account", "1111"], /expected --account ID/],
  ] as const)
    it(`refuses ${what}, and says what it expected`, async () => {
      const { code, out, err } = await printed(organization, [...more]);
      expect(code).to.equal(2);
      expect(out).to.deep.equal([]);
      expect(err.join("\n")).to.match(expected);
    });

  it("refuses to print for a stack that it does not know", async () => {
    const { code, err } = await called(["member-template", ...inPlace]);
    expect(code).to.equal(2);
    expect(err.join("\n")).to.include("expected --config FILE");
  });
});
