import { expect } from "chai";
import type { CallAws } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import { fieldsOf } from "../../handlers/json";
import { emulator, eventually } from "./support";

describe("distributed maps on embedded AWS", () => {
  const bucket = "map-runs-test";
  const role = "map-runs-test";
  let aws: CallAws;
  let region: string;
  let account: string;
  const machines: unknown[] = [];

  const call = (service: string, operation: string, input: Record<string, unknown>) =>
    aws({ service, operation, region: service === "iam" ? "us-east-1" : region, input });
  const states = (operation: string, input: Record<string, unknown>) =>
    call("stepfunctions", operation, input);
  const allow = (Action: string[]) =>
    call("iam", "PutRolePolicy", {
      RoleName: role,
      PolicyName: "own",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, Resource: "*" }],
      }),
    });
  const everything = ["s3:*", "states:*", "lambda:*"];

  before(async () => {
    const { endpoint, credentials, region: here, account: own } = await emulator();
    [region, account] = [here, own];
    aws = createCallAws({ endpoint, credentials });
    await call("s3", "CreateBucket", {
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
    });
    const items = Array.from({ length: 10 }, (_, index) => JSON.stringify({ index }));
    await call("s3", "PutObject", { Bucket: bucket, Key: "items.jsonl", Body: items.join("\n") });
    await call("iam", "CreateRole", {
      RoleName: role,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "states.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
    });
    await allow(everything);
  });
  after(async () => {
    for (const stateMachineArn of machines) await states("DeleteStateMachine", { stateMachineArn });
    const { Contents } = await call("s3", "ListObjectsV2", { Bucket: bucket });
    for (const { Key } of Contents as { Key: string }[])
      await call("s3", "DeleteObject", { Bucket: bucket, Key });
    await call("s3", "DeleteBucket", { Bucket: bucket });
    await call("iam", "DeleteRolePolicy", { RoleName: role, PolicyName: "own" });
    await call("iam", "DeleteRole", { RoleName: role });
  });

  const pass = { Work: { Type: "Pass", End: true } };
  /** Fails for the item with index 3 unless the input says that it is repaired. */
  const failing = {
    Work: {
      Type: "Choice",
      Choices: [{ Variable: "$.index", NumericEquals: 3, Next: "Broken" }],
      Default: "Done",
    },
    Broken: { Type: "Fail", Error: "Broken", Cause: "it is three" },
    Done: { Type: "Succeed" },
  };

  /** Creates a state machine with one distributed map, and starts it. */
  async function start(map: Record<string, unknown>, work: Record<string, unknown> = pass) {
    const { stateMachineArn } = await states("CreateStateMachine", {
      name: `map-runs-test-${machines.length}`,
      roleArn: `arn:aws:iam::${account}:role/${role}`,
      definition: JSON.stringify({
        StartAt: "All",
        States: {
          All: {
            Type: "Map",
            ItemReader: {
              Resource: "arn:aws:states:::s3:getObject",
              ReaderConfig: { InputType: "JSONL" },
              Parameters: { Bucket: bucket, Key: "items.jsonl" },
            },
            ItemProcessor: {
              ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
              StartAt: "Work",
              States: work,
            },
            ...map,
            End: true,
          },
        },
      }),
    });
    machines.push(stateMachineArn);
    const { executionArn } = await states("StartExecution", { stateMachineArn, input: '{"most":4}' });
    return { executionArn };
  }
  const ended = (executionArn: unknown) =>
    eventually("the execution to end", async () => {
      const execution = await states("DescribeExecution", { executionArn });
      return execution.status === "RUNNING" ? undefined : execution;
    });
  const runOf = async (executionArn: unknown) => {
    const { mapRuns } = await states("ListMapRuns", { executionArn });
    const [run] = mapRuns as { mapRunArn: string }[];
    return states("DescribeMapRun", { mapRunArn: run?.mapRunArn });
  };

  it("put items into batches, by number and by bytes, with the batches' own input", async () => {
    const { executionArn } = await start({
      ItemSelector: { "item.$": "$$.Map.Item.Value.index" },
      ItemBatcher: { MaxItemsPerBatchPath: "$.most", BatchInput: { of: "all" } },
    });
    const { output } = await ended(executionArn);
    const inputs = JSON.parse(String(output)) as { BatchInput: unknown; Items: { item: number }[] }[];
    expect(inputs.map(({ Items }) => Items.map(({ item }) => item))).to.deep.equal([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(inputs[0]?.BatchInput).to.deep.equal({ of: "all" });
    const { itemCounts, executionCounts } = await runOf(executionArn);
    expect(itemCounts).to.deep.include({ total: 10, succeeded: 10 });
    expect(executionCounts).to.deep.include({ total: 3, succeeded: 3 });
    const small = await start({ ItemBatcher: { MaxInputBytesPerBatch: 50 } });
    const { output: batches } = await ended(small.executionArn);
    for (const batch of JSON.parse(String(batches)) as unknown[])
      expect(Buffer.byteLength(JSON.stringify(batch))).to.be.at.most(50);
  });

  it("write results to S3, by what became of the children", async () => {
    const { executionArn } = await start(
      {
        ToleratedFailurePercentage: 10,
        ResultWriter: {
          Resource: "arn:aws:states:::s3:putObject",
          Parameters: { Bucket: bucket, Prefix: "results" },
        },
      },
      failing,
    );
    const { output, status } = await ended(executionArn);
    expect(status).to.equal("SUCCEEDED");
    const { Key } = fieldsOf(fieldsOf(JSON.parse(String(output))).ResultWriterDetails);
    const read = async (key: unknown) => {
      const { Body } = await call("s3", "GetObject", { Bucket: bucket, Key: key });
      return JSON.parse(
        await (Body as { transformToString(): Promise<string> }).transformToString(),
      ) as unknown;
    };
    const manifest = fieldsOf(await read(Key));
    const files = manifest.ResultFiles as Record<string, { Key: string }[]>;
    expect(files.PENDING).to.deep.equal([]);
    const failed = (await read(files.FAILED?.[0]?.Key)) as Record<string, unknown>[];
    expect(failed).to.have.length(1);
    expect(failed[0]).to.deep.include({
      Status: "FAILED",
      Error: "Broken",
      Cause: "it is three",
      Input: '{"index": 3}',
    });
    expect(await read(files.SUCCEEDED?.[0]?.Key)).to.have.length(9);
  });

  it("stop when more fail than is tolerated, and are redriven without what succeeded", async () => {
    const { executionArn } = await start({ MaxConcurrency: 1, ToleratedFailureCount: 0 }, failing);
    expect(await ended(executionArn)).to.deep.include({
      status: "FAILED",
      error: "States.ExceedToleratedFailureThreshold",
      redriveStatus: "REDRIVABLE",
      redriveCount: 0,
    });
    expect((await runOf(executionArn)).itemCounts).to.deep.include({ succeeded: 3, failed: 1, pending: 6 });
    await states("RedriveExecution", { executionArn });
    expect(await ended(executionArn)).to.deep.include({ status: "FAILED", redriveCount: 1 });
    const run = await runOf(executionArn);
    expect(run).to.deep.include({ redriveCount: 1 });
    expect(run.itemCounts).to.deep.include({ succeeded: 3, failed: 1, pending: 6 });
  });

  it("are not redriven after they succeeded", async () => {
    const { executionArn } = await start({});
    expect(await ended(executionArn)).to.deep.include({
      status: "SUCCEEDED",
      redriveStatus: "NOT_REDRIVABLE",
    });
    const error = await states("RedriveExecution", { executionArn }).catch((reason: Error) => reason);
    expect(fieldsOf(error).name).to.equal("ExecutionNotRedrivable");
  });

  it("act with the role of the state machine", async () => {
    for (const [without, why] of [
      ["s3", /not authorized to perform: s3:GetObject/],
      ["states", /not authorized to perform: states:StartExecution/],
    ] as const) {
      await allow(everything.filter((action) => !action.startsWith(without)));
      const { executionArn } = await start({});
      const { status, cause } = await ended(executionArn);
      expect(status).to.equal("FAILED");
      expect(cause).to.match(why);
    }
    await allow(everything);
  });
});
