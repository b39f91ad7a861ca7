import { expect } from "chai";
import { createHash } from "node:crypto";
import { type AccountSettings, decodeSettings } from "../../handlers/settings";
import { checkConfig } from "../../infra/config";
import { problemOfMembers } from "../../infra/members";
import { encodeSettings, settingsOf } from "../../infra/settings";
import type { PolicyDocument } from "../../policies/document";
import { deployerActions } from "../../scripts/docs/deployer";
import { account, type Stack, stack } from "./stack";

const organization = {
  id: "o-abcde12345",
  accounts: ["222233334444", "333344445555", account],
  units: ["ou-ab12-11111111"],
  exclude: ["333344445555"],
};

describe("the program of an organization", () => {
  it("has an organization trail, and the role in members from a StackSet, which the function may assume", async () => {
    const made = await stack({
      team: "red",
      organization: JSON.stringify(organization),
      accounts: '{"2222*":{"mode":"fix","name":"payments"}}',
    });
    expect(made.the("aws:cloudtrail/trail:Trail").inputs.isOrganizationTrail).to.equal(true);
    const bucket = made.the("aws:s3/bucketPolicy:BucketPolicy").inputs.policy;
    expect(String(bucket)).to.include("lambdasharp-red-cloudtrail/AWSLogs/o-abcde12345/*");

    const set = made.the("aws:cloudformation/stackSet:StackSet", "members-set").inputs;
    expect(set).to.include({ permissionModel: "SERVICE_MANAGED", callAs: "SELF" });
    const { Resources } = JSON.parse(String(set.templateBody)) as {
      Resources: Record<
        string,
        { Properties: { RoleName: string; AssumeRolePolicyDocument: PolicyDocument } }
      >;
    };
    const { RoleName, AssumeRolePolicyDocument } = Resources.Role?.Properties ?? {};
    expect(RoleName).to.equal("cloudtrailer-member-red");
    expect(AssumeRolePolicyDocument?.Statement[0]?.Principal).to.deep.equal({ AWS: made.outputs.roleArn });
    expect(
      made.the("aws:cloudformation/stackSetInstance:StackSetInstance", "members-instances").inputs
        .deploymentTargets,
    ).to.deep.equal({
      organizationalUnitIds: ["ou-ab12-11111111"],
      accountFilterType: "INTERSECTION",
      accounts: ["222233334444", account],
    });

    const { policy } = made.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs;
    const { Statement } = JSON.parse(String(policy)) as PolicyDocument;
    const assume = Statement.find(({ Sid }) => Sid === "FixInMembers");
    expect(assume?.Resource).to.deep.equal(["arn:aws:iam::*:role/cloudtrailer-member-red"]);
    expect(assume?.Condition).to.deep.equal({ StringEquals: { "aws:ResourceOrgID": "o-abcde12345" } });
    const invoke = Statement.find(({ Sid }) => Sid === "LookAtEachMember");
    expect(invoke?.Action).to.deep.equal(["lambda:InvokeFunction"]);
    expect(invoke?.Resource).to.deep.equal([made.outputs.functionArn]);
    expect(Statement.find(({ Sid }) => Sid === "NeverChangeItself")?.NotAction).to.include(
      "lambda:InvokeFunction",
    );

    const { environment } = made.the("aws:lambda/function:Function").inputs as {
      environment: { variables: Record<string, string> };
    };
    const settings = decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS);
    expect(settings).to.deep.include({
      prefix: `AWSLogs/o-abcde12345/${account}/`,
      memberRole: "cloudtrailer-member-red",
      accounts: { "222233334444": { mode: "fix", member: true } },
    });
  });

  const accountsOf = (made: Stack) => {
    const { environment } = made.the("aws:lambda/function:Function").inputs as {
      environment: { variables: Record<string, string> };
    };
    return decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS).accounts;
  };

  it("looks up the accounts of units, with their names, and leaves out the excluded and itself", async () => {
    const ofUnits = (units: string[], exclude: string[]) =>
      stack({ team: "red", organization: JSON.stringify({ id: "o-abcde12345", units, exclude }) });
    const made = await ofUnits(["ou-ab12-11111111"], ["333344445555"]);
    expect(accountsOf(made)).to.deep.equal({ "222233334444": { name: "payments", member: true } });
    expect(
      made.the("aws:cloudformation/stackSetInstance:StackSetInstance", "members-instances").inputs
        .deploymentTargets,
    ).to.deep.equal({
      organizationalUnitIds: ["ou-ab12-11111111"],
      accountFilterType: "DIFFERENCE",
      accounts: ["333344445555"],
    });
    expect(accountsOf(await ofUnits(["r-ab12"], []))).to.deep.equal({
      "222233334444": { name: "payments", member: true },
      "333344445555": { name: "shop", member: true },
    });
  });

  it("declares no StackSet for accounts that are named alone, and waits for one before the first look", async () => {
    const named = await stack({
      team: "red",
      organization: JSON.stringify({ id: "o-abcde12345", accounts: ["222233334444"] }),
    });
    expect(named.resources.filter(({ type }) => type.includes("cloudformation"))).to.deep.equal([]);
    const made = await stack({ team: "red", organization: JSON.stringify(organization) });
    const { after } = made.the("aws:lambda/invocation:Invocation");
    expect(after).to.include("aws:cloudformation/stackSetInstance:StackSetInstance members-instances");
  });

  it("has rules in each region of a member that forward to the bus at home, once their role is there", async () => {
    const made = await stack({ team: "red", organization: JSON.stringify(organization) });
    const set = made.the("aws:cloudformation/stackSet:StackSet", "members-events-set");
    expect(set.after).to.include("aws:cloudformation/stackSetInstance:StackSetInstance members-instances");
    const { Resources } = JSON.parse(String(set.inputs.templateBody)) as {
      Resources: Record<string, { Type: string; Properties: { Name: string; EventPattern: object } }>;
    };
    const own = made.resources.filter(
      ({ type, inputs }) => type === "aws:cloudwatch/eventRule:EventRule" && inputs.region === "us-east-1",
    );
    const fast = own.filter(({ inputs }) => String(inputs.name).startsWith("cloudtrailer-events-red."));
    expect(Object.values(Resources).map(({ Properties }) => Properties.Name)).to.have.members(
      fast.map(({ inputs }) => inputs.name),
    );
    for (const { Properties } of Object.values(Resources))
      expect(Properties.EventPattern).to.deep.equal(
        JSON.parse(String(fast.find(({ inputs }) => inputs.name === Properties.Name)?.inputs.eventPattern)),
      );
    const regions = made.resources
      .filter(({ name }) => name.startsWith("members-events-") && name !== "members-events-set")
      .map(({ inputs }) => inputs.stackSetInstanceRegion);
    expect(regions).to.deep.equal(["us-west-2", "us-east-1"]);
    const none = await stack({ team: "red", fast: "none", organization: JSON.stringify(organization) });
    expect(none.resources.filter(({ name }) => name.includes("events"))).to.deep.equal([]);
  });

  it("sends CloudFormation templates that it takes: of at most 51,200 bytes", async () => {
    const made = await stack({ team: "red", mode: "fix", organization: JSON.stringify(organization) });
    const sets = made.resources.filter(({ type }) => type === "aws:cloudformation/stackSet:StackSet");
    expect(sets).to.have.length(2);
    for (const { inputs } of sets)
      expect(Buffer.byteLength(String(inputs.templateBody))).to.be.at.most(51_200);
  });

  it("has the deploying person's permissions for StackSets in the docs", async () => {
    const made = await stack({ team: "red", organization: JSON.stringify(organization) });
    const types = made.resources.map(({ type }) => type).filter((type) => type.includes("cloudformation"));
    expect(Object.keys(deployerActions)).to.include.members(types);
  });

  it("has room for 150 accounts, and says how many there are if there are too many", () => {
    const { config } = checkConfig(
      {
        project: "cloudtrailer",
        values: {
          "cloudtrailer:team": "red",
          "cloudtrailer:organization": JSON.stringify({ id: "o-abcde12345", units: ["r-ab12"] }),
        },
        secrets: [],
      },
      { now: 0, catalogue: [] },
    );
    if (config === undefined) throw new Error("expected the configuration to be accepted");
    const textWith = (count: number) => {
      // IDs without a pattern, which compress badly.
      const digits = (index: number) =>
        createHash("sha256").update(String(index)).digest("hex").replace(/\D/g, "");
      const accounts = Array.from({ length: count }, (_, index) => [
        `${digits(index)}${digits(index + 1_000)}`.slice(0, 12),
        { name: `${["payments", "shop", "search", "data"][index % 4]}-${index}-prod`, member: true as const },
      ]);
      const sent = { regions: ["us-west-2", "us-east-1"], lateDetections: 30 };
      const place = { partition: "aws", region: "us-west-2", account };
      return encodeSettings(
        settingsOf(config, place, sent, Object.fromEntries(accounts) as Record<string, AccountSettings>),
      );
    };
    expect(problemOfMembers(textWith(150), 150)).to.equal(undefined);
    const problem = problemOfMembers(textWith(600), 600);
    expect(problem?.key).to.match(/:organization\.units$/);
    expect(problem?.expected).to.match(/^fewer members: .*4096 bytes/);
    expect(problem?.found).to.match(/^600 accounts, \d+ bytes$/);
  });
});
