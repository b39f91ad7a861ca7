import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { keptOf, readBaseline } from "../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { fixEbsDefaultEncryptionDisabled } from "../../../handlers/remediations/ebs/ebs-default-encryption-disabled";
import { fixEc2SerialConsoleEnabled } from "../../../handlers/remediations/ec2/ec2-serial-console-enabled";
import { fixS3PublicAccessBlockRemoved } from "../../../handlers/remediations/s3/s3-public-access-block-removed";
import { fixS3VersioningSuspended } from "../../../handlers/remediations/s3/s3-versioning-suspended";
import { awsError, fakeAws } from "../../support/factories";
import { expectOutcome, expectPlan, kept, planned } from "../../support/planning";

/** Every source file of a remediation, by path. */
function sources(): [path: string, text: string][] {
  const folder = join(__dirname, "../../../handlers/remediations");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && path.includes("/"))
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]);
}

describe("what remediations declare of baselines", () => {
  // Every test of a plan checks that it uses no others (support/planning.ts).
  it("is what their plans use", () => {
    const wrong = sources().flatMap(([path, text]) => {
      const declared = [...text.matchAll(/^ +baselines: \[([^\]]*)\]/gm)].flatMap(([, names = ""]) =>
        [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name),
      );
      // Reads may belong to the kind itself.
      const plans = text.replaceAll(/baselineKinds\.\w+\.actions|readBaseline\(aws, baselineKinds\.\w+/g, "");
      const asked = [...plans.matchAll(/baselineKinds\.(\w+)/g)].map(([, name]) => name);
      const [is, needs] = [new Set(declared), new Set(asked)].map((names) => [...names].sort().join(", "));
      return is === needs ? [] : [`${path} declares ${is || "none"} and asks for ${needs || "none"}`];
    });
    expect(wrong).to.deep.equal([]);
    expect(sources().filter(([, text]) => text.includes("baselineFor("))).to.have.length.greaterThan(10);
  });
});

describe("a baseline", () => {
  it("omits what changes by itself, and what the SDK adds", () => {
    const time = new Date("2026-05-04T10:00:00Z");
    const recorders = { ConfigurationRecorders: [{ name: "default" }], $metadata: { attempts: 1 } };
    const statuses = {
      ConfigurationRecordersStatus: [{ name: "default", recording: true, lastStopTime: time }],
    };
    expect(
      keptOf(baselineKinds.configRecorder, {
        DescribeConfigurationRecorders: recorders,
        DescribeConfigurationRecorderStatus: statuses,
      }),
    ).to.deep.equal({
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: "default" }] },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [{ name: "default", recording: true }],
      },
    });
  });

  it("is empty if there is none, and unknown if reading is denied", async () => {
    const failing = (code: string) =>
      fakeAws({
        "iam:GetAccountPasswordPolicy": () => {
          throw awsError(code);
        },
      }).aws;
    const read = (code: string) =>
      readBaseline(failing(code), baselineKinds.passwordPolicy, "us-east-1", "account").catch(
        (error: Error) => error.name,
      );
    expect(await read("NoSuchEntityException")).to.deep.equal({});
    expect(await read("AccessDenied")).to.equal("AccessDenied");
  });
});

describe("fixes that assume the strict state without a baseline", () => {
  const awsRegion = "eu-west-1";

  it("leave alone what the event did not change", async () => {
    const { ebsEncryption, serialConsole, bucketVersioning } = baselineKinds;
    const was = (is: boolean) =>
      kept(ebsEncryption, awsRegion, "account", {
        GetEbsEncryptionByDefault: { EbsEncryptionByDefault: is },
      });
    const disabled = { eventName: "DisableEbsEncryptionByDefault", awsRegion };
    const ebs = { "ec2:GetEbsEncryptionByDefault": { EbsEncryptionByDefault: false } };
    const encrypt = (is: boolean) =>
      planned(fixEbsDefaultEncryptionDisabled, disabled, { aws: ebs, baselines: was(is) });
    expectOutcome(await encrypt(false), "already-ok");
    expectPlan(
      await encrypt(true),
      [["EnableEbsEncryptionByDefault", {}]],
      [["DisableEbsEncryptionByDefault", {}]],
    );

    const open = (is: boolean) =>
      planned(
        fixEc2SerialConsoleEnabled,
        { eventName: "EnableSerialConsoleAccess", awsRegion },
        {
          aws: { "ec2:GetSerialConsoleAccessStatus": { SerialConsoleAccessEnabled: true } },
          baselines: kept(serialConsole, awsRegion, "account", {
            GetSerialConsoleAccessStatus: { SerialConsoleAccessEnabled: is },
          }),
        },
      );
    expectOutcome(await open(true), "already-ok");
    expectPlan(await open(false), [["DisableSerialConsoleAccess", {}]], [["EnableSerialConsoleAccess", {}]]);

    const versioning = (GetBucketVersioning: object) =>
      planned(
        fixS3VersioningSuspended,
        { awsRegion, requestParameters: { bucketName: "data" } },
        {
          aws: { "s3:GetBucketVersioning": { Status: "Suspended" } },
          baselines: kept(bucketVersioning, awsRegion, "data", { GetBucketVersioning }),
        },
      );
    expectOutcome(await versioning({}), "already-ok");
    expectOutcome(await versioning({ Status: "Suspended" }), "already-ok");
    const set = (Status: string) => [
      ["PutBucketVersioning", { Bucket: "data", VersioningConfiguration: { Status } }],
    ];
    expectPlan(await versioning({ Status: "Enabled" }), set("Enabled"), set("Suspended"));
  });

  it("restore exactly the public access block that a bucket had", async () => {
    const block = (BlockPublicPolicy: boolean) => ({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy,
      RestrictPublicBuckets: false,
    });
    const plan = (baseline: object) =>
      planned(
        fixS3PublicAccessBlockRemoved,
        { eventName: "DeleteBucketPublicAccessBlock", awsRegion, requestParameters: { bucketName: "data" } },
        {
          aws: {
            "s3:GetPublicAccessBlock": () => {
              throw awsError("NoSuchPublicAccessBlockConfiguration");
            },
          },
          baselines: kept(baselineKinds.bucketPublicAccess, awsRegion, "data", baseline),
        },
      );
    const PublicAccessBlockConfiguration = block(true);
    expectPlan(
      await plan({ GetPublicAccessBlock: { PublicAccessBlockConfiguration } }),
      [["PutPublicAccessBlock", { Bucket: "data", PublicAccessBlockConfiguration }]],
      [["DeletePublicAccessBlock", { Bucket: "data" }]],
    );
    expectOutcome(await plan({}), "already-ok");
  });
});
