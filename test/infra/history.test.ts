import { expect } from "chai";
import { decodeSettings } from "../../handlers/settings";
import type { PolicyDocument } from "../../policies/document";
import { account, region, stack, type Stack } from "./stack";

const documentOf = (value: unknown) => JSON.parse(String(value)) as PolicyDocument;
const allowed = ({ Statement }: PolicyDocument) =>
  Statement.flatMap(({ Effect, Action = [], Resource = [] }) =>
    Effect === "Allow" ? Action.map((action) => `${action} ${Resource.join(" ")}`) : [],
  ).sort();

describe("what hunts in old log files need", () => {
  let hunting: Stack;
  before(async () => {
    hunting = await stack({
      team: "blue",
      history: "true",
      bucketSuffix: "x1",
      logBuckets: '["audit-logs"]',
      logFileDays: "30",
    });
  });

  it("is declared only if it is asked for", async () => {
    const without = await stack({ team: "blue" });
    expect(without.resources.filter(({ name }) => /^(history|reports|athena)/.test(name))).to.deep.equal([]);
    expect(without.outputs).to.include({
      reportsBucket: undefined,
      huntsArn: undefined,
      athenaWorkgroup: undefined,
    });
    expect(hunting.outputs).to.deep.include({ reportsBucket: "cloudtrailer-reports-blue-x1" });
  });

  it("is a private, encrypted bucket whose results expire", () => {
    const of = (type: string, name: string) => hunting.the(`aws:s3/${type}`, `reports${name}`).inputs;
    expect(of("bucket:Bucket", "")).to.deep.include({
      bucket: "cloudtrailer-reports-blue-x1",
      forceDestroy: true,
    });
    expect(of("bucketPublicAccessBlock:BucketPublicAccessBlock", "-public-access")).to.deep.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      JSON.stringify(of("bucketLifecycleConfiguration:BucketLifecycleConfiguration", "-lifecycle")),
    ).to.include('"expiration":{"days":30}');
    expect(JSON.stringify(of("bucketPolicy:BucketPolicy", "-policy"))).to.include("aws:SecureTransport");
  });

  it("is a function that reads log files, writes results and its log, and can do nothing else", () => {
    const { inputs } = hunting.the("aws:iam/rolePolicy:RolePolicy", "history-policy");
    const logGroup = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cloudtrailer-history-blue:*`;
    expect(allowed(documentOf(inputs.policy))).to.deep.equal([
      "kms:Decrypt *",
      `logs:CreateLogStream ${logGroup}`,
      `logs:PutLogEvents ${logGroup}`,
      "s3:GetObject arn:aws:s3:::lambdasharp-blue-cloudtrail-x1/*AWSLogs/* arn:aws:s3:::audit-logs/*AWSLogs/*",
      "s3:PutObject arn:aws:s3:::cloudtrailer-reports-blue-x1/hunts/*/results/*",
    ]);
    expect(hunting.the("aws:lambda/function:Function", "history").inputs).to.deep.include({
      memorySize: 1769,
      timeout: 900,
    });
    expect(
      hunting.the("aws:lambda/function:Function", "history").inputs.reservedConcurrentExecutions,
    ).to.equal(undefined);
  });

  it("is a state machine that may invoke that function, and nothing else", () => {
    const name = "cloudtrailer-history-blue";
    const machine = `arn:aws:states:${region}:${account}:stateMachine:${name}`;
    const { inputs } = hunting.the("aws:iam/rolePolicy:RolePolicy", "history-states-policy");
    const actions = allowed(documentOf(inputs.policy)).map((one) => one.split(" "));
    expect(actions.filter(([action]) => action?.startsWith("lambda:"))).to.deep.equal([
      ["lambda:InvokeFunction", `arn:aws:lambda:${region}:${account}:function:${name}`],
    ]);
    expect(actions.filter(([action]) => action === "states:StartExecution")).to.deep.equal([
      ["states:StartExecution", machine],
    ]);
    expect(JSON.stringify(hunting.the("aws:iam/role:Role", "history-states-role").inputs)).to.include(
      JSON.stringify(machine).replaceAll('"', ""),
    );
    const definition = JSON.parse(
      String(hunting.the("aws:sfn/stateMachine:StateMachine").inputs.definition),
    ) as { States: Record<string, Record<string, unknown>> };
    expect(definition.States.ReadAll).to.deep.include({
      Type: "Map",
      MaxConcurrencyPath: "$.maxConcurrency",
      ToleratedFailurePercentage: 5,
    });
  });

  it("writes results that nobody else can, for the function that reads them, and nothing besides", () => {
    const { Statement } = documentOf(
      hunting.the("aws:s3/bucketPolicy:BucketPolicy", "reports-policy").inputs.policy,
    );
    const results = "arn:aws:s3:::cloudtrailer-reports-blue-x1/hunts/*/results/*";
    const role = `arn:aws:iam::${account}:role/cloudtrailer-history-blue`;
    expect(Statement.filter(({ Sid }) => Sid !== "OnlyWithTls")).to.deep.equal([
      {
        Sid: "OnlyTheirFunctionWritesResults",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:PutObject"],
        Resource: [results],
        Condition: {
          ArnNotLike: {
            "aws:PrincipalArn": [role, `arn:aws:sts::${account}:assumed-role/cloudtrailer-history-blue/*`],
          },
        },
      },
    ]);
    const reads = (one: Stack) =>
      allowed(
        documentOf(one.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs.policy),
      ).filter((line) => line.includes("cloudtrailer-reports") && line.startsWith("s3:GetObject "));
    expect(reads(hunting)).to.deep.equal([`s3:GetObject ${results}`]);
  });

  it("is watched by rules of its own, and by the self-check, unless it is not there", async () => {
    const rules = ({ resources }: Stack) =>
      resources
        .filter(({ type, name }) => type.endsWith(":EventRule") && /^watch-(history|hunters)/.test(name))
        .map(({ name }) => name);
    expect(rules(hunting)).to.have.members([
      "watch-history",
      "watch-hunters",
      "watch-hunters-bus",
      "watch-hunters-away",
    ]);
    const without = await stack({ team: "blue" });
    expect(rules(without)).to.deep.equal([]);
    for (const [one, has] of [
      [hunting, true],
      [without, false],
    ] as const) {
      const policies = one.resources.filter(({ type }) => /:(RolePolicy|Policy)$/.test(type));
      const looks = policies
        .filter(({ name }) => name.startsWith("detector-"))
        .flatMap(({ inputs }) => documentOf(inputs.policy).Statement)
        .find(({ Sid }) => Sid === "LookAtOwnParts");
      const ofHunts = looks?.Resource?.filter((arn) => /history-blue|reports-blue/.test(arn)) ?? [];
      expect(ofHunts.length > 0).to.equal(has);
    }
    const { inputs } = hunting.the("aws:lambda/function:Function", "detector");
    const { variables } = inputs.environment as { variables: Record<string, string> };
    const { context, reports } = decodeSettings(variables.CLOUDTRAILER_SETTINGS);
    expect(reports).to.equal("cloudtrailer-reports-blue-x1");
    expect(context.ownResources).to.include.members([
      "arn:aws:s3:::cloudtrailer-reports-blue-x1",
      `arn:aws:states:${region}:${account}:stateMachine:cloudtrailer-history-blue`,
      `arn:aws:lambda:${region}:${account}:function:cloudtrailer-history-blue`,
      `arn:aws:iam::${account}:role/cloudtrailer-history-blue`,
      `arn:aws:iam::${account}:role/cloudtrailer-history-blue-states`,
    ]);
  });

  it("is in the partition of the stack", async () => {
    const { inputs } = hunting.the("aws:sfn/stateMachine:StateMachine");
    expect(String(inputs.definition)).to.include('"arn:aws:states:::lambda:invoke"');
  });
});
