import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deploy, type DeployOptions } from "../../local/deployer";
import { localFolder } from "../../local/install-emulator";
import { leftovers } from "../../local/leftovers";
import { aws as connectRoot, emulator } from "./support";

/** Options for a stack of a team of its own. */
async function options(team: string, config: Record<string, string> = {}): Promise<DeployOptions> {
  return { ...(await emulator()), stack: team, config: { "cloudtrailer:team": team, ...config } };
}

async function failureOf(all: DeployOptions): Promise<string> {
  const error = await deploy(all).catch((failed: Error) => failed);
  expect(error).to.be.an("error");
  return (error as Error).message;
}

describe("deploy", () => {
  it("deploys two teams side by side, returns their outputs, and leaves nothing of either behind", async () => {
    const [blue, green] = await Promise.all([deploy(await options("blue")), deploy(await options("green"))]);
    const aws = await connectRoot();
    try {
      const names = ({ resources }: typeof blue) => resources.map(({ id }) => id);
      expect(names(blue).filter((id) => names(green).includes(id))).to.deep.equal([]);
      expect(blue.outputs).to.include({ team: "blue", bucket: "lambdasharp-blue-cloudtrail" });
      const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({}));
      const deployed = Functions.map(({ FunctionArn }) => FunctionArn);
      expect(deployed).to.include.members([blue.outputs.functionArn, green.outputs.functionArn]);
      await aws.s3.send(
        new PutObjectCommand({ Bucket: blue.outputs.bucket as string, Key: "log", Body: "x" }),
      );
      expect(await leftovers(blue.resources, aws)).to.include.members([
        "bucket lambdasharp-blue-cloudtrail",
        `function ${String(blue.outputs.functionName)}`,
        `log group ${String(blue.outputs.logGroup)}`,
        `role ${String(blue.outputs.roleName)}`,
        `table ${String(blue.outputs.tableName)}`,
        `trail ${String(blue.outputs.trailName)}`,
      ]);
    } finally {
      expect(await blue.destroy()).to.deep.equal({ deleted: blue.resources.length, left: [] });
      expect(await green.destroy()).to.deep.equal({ deleted: green.resources.length, left: [] });
    }
    const Bucket = blue.outputs.bucket as string;
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    expect(await leftovers(blue.resources, aws), "made again by somebody").to.deep.equal([
      `bucket ${Bucket}`,
    ]);
    await aws.s3.send(new DeleteBucketCommand({ Bucket }));
  });

  it("names the resource that could not be created, and deletes the others again", async () => {
    const aws = await connectRoot();
    const Bucket = "lambdasharp-taken-cloudtrail";
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    const message = await failureOf(await options("taken"));
    expect(message).to.match(/^unable to deploy stack taken to http.*aws:s3\/bucket:Bucket "[\w-]+": /s);
    expect(message).to.include("set cloudtrailer:bucketSuffix");
    const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({}));
    expect(Functions.filter(({ FunctionName }) => FunctionName?.includes("taken"))).to.deep.equal([]);
    await aws.s3.send(new DeleteBucketCommand({ Bucket }));
  });

  it("reports what is wrong with the configuration in this account, and leaves nothing behind", async () => {
    const aws = await connectRoot();
    const subscribers = JSON.stringify([
      { protocol: "sqs", endpoint: "arn:aws:sqs:us-west-2:999988887777:siem" },
      { protocol: "lambda", endpoint: "arn:aws:lambda:us-west-2:999988887777:function:chat" },
    ]);
    const message = await failureOf(await options("foreign", { "cloudtrailer:subscribers": subscribers }));
    expect(message).to.match(/has 2 errors:.*subscribers\[0\]\.endpoint.*subscribers\[1\]\.endpoint/s);
    const { Buckets = [] } = await aws.s3.send(new ListBucketsCommand({}));
    expect(Buckets.filter(({ Name }) => Name?.includes("foreign"))).to.deep.equal([]);
  });

  it("reports wrong configuration before anything is created", async () => {
    const made: string[] = [];
    const wrong = { "cloudtrailer:mode": "loud", "cloudtrailer:maxAgeMinutes": "soon" };
    const all = { ...(await options("wrong", wrong)), progress: (line: string) => made.push(line) };
    expect(await failureOf(all)).to.match(/mode.*maxAgeMinutes/s);
    expect(made).to.deep.equal([]);
  });

  describe("of another program", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(localFolder, "program-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    async function program(text: string): Promise<DeployOptions> {
      const file = join(folder, "index.ts");
      writeFileSync(file, `import * as aws from "@pulumi/aws";\n${text}`);
      return { ...(await options("other")), program: file };
    }

    it("refuses a resource type that it does not know", async () => {
      const all = await program(`new aws.ec2.Vpc("net", { cidrBlock: "10.0.0.0/16" });`);
      expect(await failureOf(all)).to.match(
        /aws:ec2\/vpc:Vpc "net": Resource type aws:ec2\/vpc:Vpc is not supported/,
      );
    });

    it("refuses a property that it does not know", async () => {
      const all = await program(`new aws.s3.Bucket("logs", { requestPayer: "BucketOwner" });`);
      expect(await failureOf(all)).to.match(/aws:s3\/bucket:Bucket "logs": requestPayer: is not supported/);
    });

    it("refuses a function of the provider that it does not know", async () => {
      const all = await program(`export const zones = aws.getAvailabilityZonesOutput().names;`);
      expect(await failureOf(all)).to.match(/getAvailabilityZones is not supported/);
    });

    it("says why a callback cannot be serialized, instead of waiting", async () => {
      const all = await program(`
        const native = require("node:zlib").gunzipSync;
        const callback = async () => native("x");
        new aws.lambda.CallbackFunction("fn", { role: "arn:aws:iam::111122223333:role/x", callback });
      `);
      expect(await failureOf(all)).to.match(/serializ/);
    });

    it("says that an output never gets a value, instead of waiting", async () => {
      const all = await program(`export const never = new Promise(() => {});`);
      expect(await failureOf(all)).to.match(/never gets a value/);
    });

    it("generates omitted names, the same each time, and deletes everything", async () => {
      const all = await program(`
        const bucket = new aws.s3.Bucket("logs", { forceDestroy: true });
        export const name = bucket.bucket;
      `);
      const first = await deploy(all);
      await first.destroy();
      const again = await deploy(all);
      await again.destroy();
      expect(first.outputs.name).to.match(/^logs-[0-9a-f]{7}$/);
      expect(again.outputs.name).to.equal(first.outputs.name);
      const { Buckets = [] } = await (await connectRoot()).s3.send(new ListBucketsCommand({}));
      expect(Buckets.map(({ Name }) => Name)).not.to.include(first.outputs.name);
    });
  });
});
