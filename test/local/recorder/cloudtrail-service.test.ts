import { expect } from "chai";
import { createHash, createPublicKey, randomUUID, verify } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { CallAws } from "../../../handlers/aws/call";
import { createCallAws } from "../../../handlers/aws/clients";
import { type Credentials, type Emulator, rootCredentials } from "../../../local/emulator";
import { digestKey, signedText } from "../../../local/recorder/digests";
import { type Recorder, startRecorder } from "../../../local/recorder/recorder";
import { sourceArnHeader } from "../../../local/recorder/root-clients";
import { makeAdministrator } from "../../../local/stack";
import { emulator, eventually } from "../../e2e/support";

type Fields = Record<string, unknown>;

/** The content of a digest file, and the metadata of its object. */
interface Digest {
  key: string;
  json: Record<string, string | null> & { logFiles: Record<string, string>[] };
  hash: string;
  signature: string;
  algorithm: string;
}

describe("CloudTrail's own work on this machine", () => {
  let aws: Emulator;
  let recorder: Recorder;
  let root: CallAws;
  let name: string;
  let errors: string[];

  const call = (service: string, operation: string, input: Fields, region = aws.region): Promise<Fields> =>
    root({ service, operation, region, input });

  before(async () => {
    aws = await emulator();
  });

  beforeEach(async () => {
    errors = [];
    name = `digested-${randomUUID().slice(0, 8)}`;
    recorder = await startRecorder({
      upstream: aws.endpoint,
      account: aws.account,
      region: aws.region,
      credentials: aws.credentials,
      models: aws.models,
      deliverEveryMs: 3_600_000,
      onError: ({ message }) => {
        // Trails of other tests are visible, too.
        if (message.includes(name)) errors.push(message);
      },
    });
    root = createCallAws({ endpoint: recorder.endpoint, credentials: rootCredentials });
  });

  afterEach(async () => {
    await call("cloudtrail", "DeleteTrail", { Name: name });
    await recorder.close();
    expect(errors).to.deep.equal([]);
  });

  const bucket = () => `${name}-logs`;

  async function startTrail(): Promise<void> {
    const LocationConstraint = aws.region;
    await call("s3", "CreateBucket", { Bucket: bucket(), CreateBucketConfiguration: { LocationConstraint } });
    const statement = (Action: string, Resource: string) => ({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action,
      Resource,
    });
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        statement("s3:GetBucketAcl", `arn:aws:s3:::${bucket()}`),
        statement("s3:PutObject", `arn:aws:s3:::${bucket()}/AWSLogs/${aws.account}/*`),
      ],
    });
    await call("s3", "PutBucketPolicy", { Bucket: bucket(), Policy });
    await call("cloudtrail", "CreateTrail", {
      Name: name,
      S3BucketName: bucket(),
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    });
    await call("cloudtrail", "StartLogging", { Name: name });
  }

  async function contentOf(Key: string): Promise<{ text: Buffer; metadata: Record<string, string> }> {
    const { Body, Metadata } = await call("s3", "GetObject", { Bucket: bucket(), Key });
    const body = Body as { transformToByteArray(): Promise<Uint8Array> };
    return {
      text: gunzipSync(await body.transformToByteArray()),
      metadata: Metadata as Record<string, string>,
    };
  }

  async function digests(region: string): Promise<Digest[]> {
    const Prefix = `AWSLogs/${aws.account}/CloudTrail-Digest/${region}/`;
    const { Contents = [] } = (await call("s3", "ListObjectsV2", { Bucket: bucket(), Prefix })) as {
      Contents?: { Key: string }[];
    };
    return Promise.all(
      Contents.map(async ({ Key }) => {
        const { text, metadata } = await contentOf(Key);
        return {
          key: Key,
          json: JSON.parse(text.toString()) as Digest["json"],
          hash: createHash("sha256").update(text).digest("hex"),
          signature: metadata.signature as string,
          algorithm: metadata["signature-algorithm"] as string,
        };
      }),
    );
  }

  async function publicKeyOf(region: string, fingerprint: string) {
    const { PublicKeyList } = await call("cloudtrail", "ListPublicKeys", {}, region);
    const keys = PublicKeyList as { Fingerprint: string; Value: Uint8Array }[];
    const found = keys.find(({ Fingerprint }) => Fingerprint === fingerprint);
    return createPublicKey({ key: Buffer.from(found?.Value ?? []), format: "der", type: "pkcs1" });
  }

  it("writes a digest of each region, signed, and chained to the one before it", async () => {
    await startTrail();
    await call("iam", "CreateGroup", { GroupName: name }, "us-east-1");
    await recorder.writeDigests();
    await recorder.writeDigests();
    const [first, second, ...more] = await digests("us-east-1");
    expect(more).to.deep.equal([]);
    if (first === undefined || second === undefined) throw new Error("expected two digests");

    const end = new Date(String(first.json.digestEndTime));
    expect(first.key).to.equal(digestKey({ name, homeRegion: aws.region }, aws.account, "us-east-1", end));
    const [file] = first.json.logFiles;
    expect(first.json).to.deep.include({
      awsAccountId: aws.account,
      digestS3Bucket: bucket(),
      digestS3Object: first.key,
      digestSignatureAlgorithm: "SHA256withRSA",
      newestEventTime: file?.newestEventTime,
      previousDigestS3Bucket: null,
      previousDigestS3Object: null,
      previousDigestHashValue: null,
      previousDigestHashAlgorithm: null,
      previousDigestSignature: null,
    });
    const { text } = await contentOf(String(file?.s3Object));
    expect(text.toString()).to.include(`"groupName":"${name}"`);
    expect(file).to.deep.include({
      s3Bucket: bucket(),
      hashValue: createHash("sha256").update(text).digest("hex"),
      hashAlgorithm: "SHA-256",
    });

    expect(second.json).to.deep.include({
      digestStartTime: first.json.digestEndTime,
      newestEventTime: null,
      oldestEventTime: null,
      previousDigestS3Bucket: bucket(),
      previousDigestS3Object: first.key,
      previousDigestHashValue: first.hash,
      previousDigestHashAlgorithm: "SHA-256",
      previousDigestSignature: first.signature,
    });
    expect(second.json.logFiles).to.deep.equal([]);

    const key = await publicKeyOf("us-east-1", String(first.json.digestPublicKeyFingerprint));
    for (const { json, key: object, hash, signature, algorithm } of [first, second]) {
      expect(algorithm).to.equal("SHA256withRSA");
      const place = { bucket: bucket(), key: object };
      const signed = signedText(
        String(json.digestEndTime),
        place,
        hash,
        json.previousDigestSignature ?? null,
      );
      expect(verify("sha256", Buffer.from(signed), key, Buffer.from(signature, "hex"))).to.equal(true);
    }
    const [there] = await digests(aws.region);
    expect(there?.json.digestPublicKeyFingerprint).not.to.equal(first.json.digestPublicKeyFingerprint);
  });

  it("ends a chain when the trail is stopped, and begins a new one when it is started again", async () => {
    await startTrail();
    await recorder.writeDigests();
    await call("cloudtrail", "StopLogging", { Name: name });
    await recorder.flush();
    const [first, last, ...more] = await digests(aws.region);
    expect(more).to.deep.equal([]);
    expect(last?.json.previousDigestS3Object).to.equal(first?.key);
    const { text } = await contentOf(String(last?.json.logFiles[0]?.s3Object));
    expect(text.toString()).to.include('"eventName":"StopLogging"');
    await call("cloudtrail", "StartLogging", { Name: name });
    await recorder.writeDigests();
    expect((await digests(aws.region)).map(({ json }) => json.previousDigestS3Object)).to.deep.equal([
      ...[null, first?.key, null],
    ]);
  });

  it("lists public keys to those who may, and accepts none from anybody", async () => {
    await startTrail();
    await recorder.writeDigests();
    const keys = (await call("cloudtrail", "ListPublicKeys", {})) as { PublicKeyList: Fields[] };
    expect(keys.PublicKeyList.at(-1)?.Fingerprint).to.match(/^[0-9a-f]{32}$/);
    const longAgo = { StartTime: new Date(0), EndTime: new Date(1000) };
    const none = await call("cloudtrail", "ListPublicKeys", longAgo);
    expect(none.PublicKeyList).to.deep.equal([]);

    await call("iam", "CreateUser", { UserName: name }, "us-east-1");
    const { AccessKey } = await call("iam", "CreateAccessKey", { UserName: name }, "us-east-1");
    const { AccessKeyId, SecretAccessKey } = AccessKey as Record<string, string>;
    const nobody = createCallAws({
      endpoint: recorder.endpoint,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    });
    const refused = await failureOf(
      nobody({ service: "cloudtrail", operation: "ListPublicKeys", region: aws.region, input: {} }),
    );
    expect(refused).to.match(/AccessDenied/);
  });

  /** A queue that gets what a rule in a region matches. */
  async function queueOf(region: string, rule: string, pattern: Fields, State = "ENABLED") {
    const queueArn = `arn:aws:sqs:${region}:${aws.account}:${rule}`;
    const Policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queueArn }],
    });
    const { QueueUrl } = await call(
      "sqs",
      "CreateQueue",
      { QueueName: rule, Attributes: { Policy } },
      region,
    );
    const EventPattern = JSON.stringify(pattern);
    await call("events", "PutRule", { Name: rule, EventPattern, State }, region);
    await call("events", "PutTargets", { Rule: rule, Targets: [{ Id: "queue", Arn: queueArn }] }, region);
    const came: Fields[] = [];
    return async (what: string, count: number): Promise<Fields[]> => {
      await eventually(what, async () => {
        const input = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
        const { Messages = [] } = (await call("sqs", "ReceiveMessage", input, region)) as {
          Messages?: { Body: string }[];
        };
        came.push(...Messages.map(({ Body }) => JSON.parse(Body) as Fields));
        return came.length >= count || undefined;
      });
      return came;
    };
  }

  it("passes events to EventBridge in their region, and read calls where a rule asks for them", async () => {
    await startTrail();
    const pattern = { source: ["aws.iam"], detail: { requestParameters: { groupName: [name] } } };
    const changes = await queueOf("us-east-1", `${name}-changes`, pattern);
    const all = await queueOf(
      "us-east-1",
      `${name}-all`,
      pattern,
      "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    );
    const elsewhere = await queueOf(aws.region, `${name}-elsewhere`, { source: [{ prefix: "aws." }] });
    await call("iam", "CreateGroup", { GroupName: name }, "us-east-1");
    await call("iam", "GetGroup", { GroupName: name }, "us-east-1");
    await call("iam", "DeleteGroup", { GroupName: name }, "us-east-1");
    const names = (events: Fields[]) => events.map(({ detail }) => (detail as Fields).eventName);
    expect(names(await all("three events", 3))).to.have.members(["CreateGroup", "GetGroup", "DeleteGroup"]);
    const changing = await changes("two events", 2);
    expect(names(changing)).to.have.members(["CreateGroup", "DeleteGroup"]);
    const [event] = changing;
    const detail = event?.detail as Fields;
    expect(event).to.deep.include({
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.iam",
      account: aws.account,
      region: "us-east-1",
      time: detail.eventTime,
      resources: [],
    });
    expect(detail).to.deep.include({ eventSource: "iam.amazonaws.com", awsRegion: "us-east-1" });
    await call("sqs", "TagQueue", {
      QueueUrl: `${aws.endpoint}/${aws.account}/${name}-elsewhere`,
      Tags: { a: name },
    });
    expect(names(await elsewhere("the event of this region", 1))).not.to.include("CreateGroup");
  });

  it("passes nothing on if no trail logs", async () => {
    await startTrail();
    const queue = await queueOf("us-east-1", `${name}-none`, {
      detail: { requestParameters: { groupName: [{ prefix: name }] } },
    });
    await call("cloudtrail", "StopLogging", { Name: name });
    const others = await call("cloudtrail", "DescribeTrails", { includeShadowTrails: true });
    // Other tests may have left trails that log.
    for (const { Name, TrailARN } of others.trailList as Record<string, string>[]) {
      if (Name !== name) await call("cloudtrail", "StopLogging", { Name: TrailARN });
    }
    await call("iam", "CreateGroup", { GroupName: `${name}-silent` }, "us-east-1");
    await recorder.flush();
    await call("cloudtrail", "StartLogging", { Name: name });
    await call("iam", "CreateGroup", { GroupName: `${name}-heard` }, "us-east-1");
    const came = await queue("the event after the start", 1);
    expect(JSON.stringify(came)).to.include(`${name}-heard`).and.not.to.include(`${name}-silent`);
  });

  it("lets nobody else put an event of AWS itself", async () => {
    await startTrail();
    const admin = await makeAdministrator(aws, name);
    const entry = { Source: "aws.iam", DetailType: "AWS API Call via CloudTrail", Detail: "{}" };
    const put = async (credentials: Credentials, header: boolean) => {
      const { EventBridgeClient, PutEventsCommand } = await import("@aws-sdk/client-eventbridge");
      const client = new EventBridgeClient({ endpoint: recorder.endpoint, region: aws.region, credentials });
      const command = new PutEventsCommand({ Entries: [entry] });
      // After signing, so that the header is refused, and not the request.
      if (header)
        command.middlewareStack.add(
          (next) => (args) => {
            const { headers } = args.request as { headers: Record<string, string> };
            headers[sourceArnHeader] = `arn:aws:cloudtrail:${aws.region}:${aws.account}:trail/${name}`;
            return next(args);
          },
          { step: "finalizeRequest", priority: "low" },
        );
      const { Entries } = await client.send(command);
      client.destroy();
      return Entries?.[0]?.ErrorCode;
    };
    expect(await put(admin, false)).to.equal("NotAuthorizedForSourceException");
    expect(await put(rootCredentials, false)).to.equal("NotAuthorizedForSourceException");
    expect(await put(rootCredentials, true)).to.equal("NotAuthorizedForSourceException");
  });
});

function failureOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "none",
    (error: Error) => error.name,
  );
}
