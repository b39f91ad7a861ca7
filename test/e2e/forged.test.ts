import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { proofOf } from "../../cli/ask-function";
import type { Alert } from "../../handlers/alerts/alert";
import type { CallAws } from "../../handlers/aws/call";
import { hashOfRequest, type PersonRequest } from "../../handlers/findings/person-request";
import type { Credentials } from "../../local/emulator";
import { makeAdministrator } from "../../local/stack";
import { aLogFile, aRecord } from "../support/factories";
import { type Answer, deployForSuite } from "./stage";

/** An administrator of the account tries everything that gets past this system by writing, invoking or forging. */
describe("forgeries", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const stage = deployForSuite("forged");
  let alice: Credentials;

  before(async () => {
    alice = await makeAdministrator(stage.stack.emulator, "alice-of-forged");
  });

  const table = () => String(stage.stack.outputs.tableName);
  const onTable = (by: CallAws, operation: string, input: Answer) =>
    stage.call(by, "dynamodb", operation, { TableName: table(), ...input });
  const itemOf = async (id: string) =>
    (await onTable(stage.root, "GetItem", { Key: { id: { S: id } } })).Item as Answer | undefined;
  const summaryOf = (what: string, isWanted: (summary: { summary?: string; reason: string }) => boolean) =>
    stage.nextAlert(what, (one) => isWanted(one as never)) as unknown as Promise<Answer>;

  /** What the function says to somebody who invokes it. */
  async function invoked(event: unknown, by: CallAws = stage.mallory): Promise<Answer> {
    const { FunctionError, Payload } = await stage.call(by, "lambda", "Invoke", {
      FunctionName: stage.stack.outputs.functionName,
      Payload: JSON.stringify(event),
    });
    const text = (Payload as { transformToString(): string }).transformToString();
    const answer = (JSON.parse(text || "null") ?? {}) as Answer;
    return FunctionError === undefined ? answer : { failed: answer.errorMessage };
  }
  const modeRequest = (own: Partial<PersonRequest> = {}): PersonRequest =>
    ({
      verb: "mode",
      mode: "alert",
      why: "a drill",
      table: table(),
      region: stage.stack.region,
      nonce: randomUUID(),
      ...own,
    }) as PersonRequest;
  const proved = async (request: PersonRequest, credentials: Credentials) => ({
    cloudtrailer: "request",
    request,
    proof: await proofOf(hashOfRequest(request), {
      region: stage.stack.region,
      endpoint: stage.stack.endpoint,
      credentials,
    }),
  });

  describe("by writing the table are refused", () => {
    const text = (S: string) => ({ S });
    const off = JSON.stringify({
      mode: "alert",
      by: "arn:alice",
      why: "all is well",
      at: "2026-05-04T09:00:00Z",
    });
    const writes: Record<string, [operation: string, input: () => Answer]> = {
      "the switch thrown by hand": [
        "PutItem",
        () => ({ TableName: table(), Item: { id: text("switch"), "*": text(off) } }),
      ],
      "a finding claimed by hand": [
        "PutItem",
        () => ({
          TableName: table(),
          Item: { id: text("e#iam-admin-policy-attached-user"), state: text("done") },
        }),
      ],
      "a baseline rewritten by hand": [
        "UpdateItem",
        () => ({
          TableName: table(),
          Key: { id: text("baseline#trail#us-west-2#x") },
          UpdateExpression: "SET moments = :m",
          ExpressionAttributeValues: { ":m": text("[]") },
        }),
      ],
      "a permit of a rollback": [
        "PutItem",
        () => ({ TableName: table(), Item: { id: text(`rollback#${randomUUID()}`), by: text("me") } }),
      ],
      "what a deployment left, forgotten": [
        "DeleteItem",
        () => ({ TableName: table(), Key: { id: text("watch#declared") } }),
      ],
      "many at once": [
        "BatchWriteItem",
        () => ({ RequestItems: { [table()]: [{ DeleteRequest: { Key: { id: text("watch#declared") } } }] } }),
      ],
      "a transaction": [
        "TransactWriteItems",
        () => ({ TransactItems: [{ Delete: { TableName: table(), Key: { id: text("watch#declared") } } }] }),
      ],
      "a statement": [
        "ExecuteStatement",
        () => ({ Statement: `DELETE FROM "${table()}" WHERE id = 'watch#declared'` }),
      ],
    };
    for (const [what, [operation, input]] of Object.entries(writes))
      it(what, async () => {
        for (const by of [stage.mallory, stage.root]) {
          const refused = await stage.call(by, "dynamodb", operation, input()).catch((error: Error) => error);
          expect(refused).to.be.an("error").with.property("name", "AccessDeniedException");
        }
      });

    it("which people can read all the same", async () => {
      const { Items } = (await onTable(stage.mallory, "Scan", {})) as { Items: Answer[] };
      expect(Items).to.be.an("array");
      expect(await itemOf("watch#declared"), "and nothing was lost").to.have.property("states");
      expect(await itemOf("switch")).to.equal(undefined);
    });
  });

  describe("by invoking the function gain nothing:", () => {
    it("a notification about a bucket of the attacker's own, with a forged log file", async () => {
      const Bucket = "mallorys-of-forged";
      const Key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/x.json.gz`;
      await stage.call(stage.mallory, "iam", "CreateUser", { UserName: "forged-victim" });
      const record = aRecord({
        eventID: randomUUID(),
        eventTime: new Date().toISOString(),
        recipientAccountId: stage.stack.account,
        requestParameters: { userName: "forged-victim", policyArn: admin },
      });
      await stage.call(stage.root, "s3", "CreateBucket", {
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: stage.stack.region },
      });
      await stage.call(stage.mallory, "s3", "PutObject", { Bucket, Key, Body: aLogFile(record) });
      const Sns = {
        MessageId: randomUUID(),
        Message: JSON.stringify({ s3Bucket: Bucket, s3ObjectKey: [Key] }),
      };
      expect(await invoked({ Records: [{ EventSource: "aws:sns", Sns }] }))
        .to.have.property("failed")
        .that.includes(`found bucket "${Bucket}"`);
      const said = await summaryOf("about the bucket", ({ reason }) => /names a bucket/.test(reason));
      expect(said).to.deep.include({ summary: "unproven", severity: "critical", outcome: "unproven" });
      expect(await itemOf(`${record.eventID}#iam-admin-policy-attached-user`)).to.equal(undefined);
    });

    it("a notification from a topic of their own", async () => {
      const Sns = {
        MessageId: randomUUID(),
        TopicArn: `arn:aws:sns:${stage.stack.region}:${stage.stack.account}:mallorys`,
        Message: "CloudTrail validation message.",
      };
      expect(await invoked({ Records: [{ Sns }] }))
        .to.have.property("failed")
        .that.includes("expected the topic");
      await summaryOf("about the topic", ({ reason }) =>
        /from a topic that is not this system's/.test(reason),
      );
    });

    it("whatever else", async () => {
      expect(await invoked({ cloudtrailer: "obey" }))
        .to.have.property("failed")
        .that.includes("expected an SNS event");
      await summaryOf("about the event", ({ reason }) => /none of its events/.test(reason));
    });

    it("a deployment that was none: what it left before stays declared", async () => {
      const before = (await itemOf("watch#declared")) as { at: { S: string }; deployment: { S: string } };
      expect(before.deployment.S).to.match(/^[\w-]{16}\/\S+$/);
      await invoked({ cloudtrailer: "keep-baselines", at: "deployment" });
      expect(await itemOf("watch#declared")).to.deep.equal(before);
    });

    it("writing into the bucket of the log files", async () => {
      const refused = await stage
        .call(stage.mallory, "s3", "PutObject", {
          Bucket: stage.stack.outputs.bucket,
          Key: `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/x.json.gz`,
          Body: "x",
        })
        .catch((error: Error) => error);
      expect(refused).to.be.an("error").with.property("name", "AccessDenied");
    });

    it("a record of another account in a log file, even if somebody could write one", async () => {
      const record = aRecord({
        eventID: randomUUID(),
        eventTime: new Date().toISOString(),
        recipientAccountId: "999988887777",
        requestParameters: { userName: "forged-victim", policyArn: admin },
      });
      const Bucket = stage.stack.outputs.bucket;
      const Key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/foreign.json.gz`;
      await stage.call(stage.root, "s3", "PutObject", { Bucket, Key, Body: aLogFile(record) });
      const Sns = {
        MessageId: randomUUID(),
        Message: JSON.stringify({ s3Bucket: Bucket, s3ObjectKey: [Key] }),
      };
      await invoked({ Records: [{ Sns }] });
      const alert = await stage.nextAlert(
        "about the record",
        ({ outcome, eventID }: Alert) => outcome === "unproven" && eventID === record.eventID,
      );
      expect(alert).to.include({ severity: "critical" });
      expect(alert.reason).to.include("999988887777");
    });
  });

  describe("leave everything as it was:", () => {
    it("what the administrator then grants is fixed", async () => {
      const UserName = "forged-in-vain";
      await stage.call(stage.mallory, "iam", "CreateUser", { UserName });
      await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName, PolicyArn: admin });
      expect((await stage.alertOf("iam-admin-policy-attached-user", UserName)).outcome).to.equal("fixed");
    });
  });

  describe("of requests are told from true ones:", () => {
    it("what alice asks is done, alerted and written down, once", async () => {
      const event = await proved(modeRequest({ why: "asked by alice" }), alice);
      // Whoever carries it there does not matter: the proof is alice's.
      expect(await invoked(event)).to.deep.include({ accepted: true });
      const said = await summaryOf(
        "about the switch",
        ({ summary, reason }) => summary === "request" && /set to alert/.test(reason),
      );
      expect(said).to.deep.include({ verb: "mode", why: "asked by alice", severity: "high" });
      expect(said.actor).to.match(/user\/alice-of-forged$/);
      expect(await itemOf(`request#${hashOfRequest(event.request)}`)).to.deep.include({
        why: { S: "asked by alice" },
      });

      expect(await invoked(event))
        .to.have.property("reason")
        .that.includes("is taken once");
      await summaryOf(
        "about the replay",
        ({ summary, reason }) => summary === "unproven" && /taken once/.test(reason),
      );
      expect(await stage.ask(alice)({ verb: "mode", mode: "fix", why: "over" })).to.have.property("by");
    });

    const forgeries: Record<string, () => Promise<unknown>> = {
      "another verb than was signed": async () => {
        const event = await proved(modeRequest({ mode: "fix" }), alice);
        const { table: of, region, nonce, why } = event.request;
        const request = {
          verb: "rolled-back",
          finding: "a#b",
          token: randomUUID(),
          table: of,
          region,
          nonce,
          why,
        };
        return { ...event, request };
      },
      "another mode than was signed": async () => {
        const event = await proved(modeRequest({ mode: "fix" }), alice);
        return { ...event, request: { ...event.request, mode: "alert" } };
      },
      "alice's key with another secret": () =>
        proved(modeRequest(), { ...alice, secretAccessKey: "guessed" }),
      "root's key with another secret": () =>
        proved(modeRequest(), { ...stage.stack.credentials, secretAccessKey: "guessed" }),
      "the account's number for a key": () =>
        proved(modeRequest(), { accessKeyId: stage.stack.account, secretAccessKey: "guessed" }),
      "a key that nobody has": () =>
        proved(modeRequest(), { accessKeyId: "AKIANOBODY0000000000", secretAccessKey: "x" }),
      "a proof for the attacker's own STS": async () => {
        const event = await proved(modeRequest(), alice);
        return { ...event, proof: event.proof.replace(stage.stack.endpoint, "http://127.0.0.1:9") };
      },
      "no proof": async () => ({ cloudtrailer: "request", request: modeRequest() }),
      off: async () => {
        const request = { ...modeRequest(), mode: "off" } as unknown as PersonRequest;
        return proved(request, alice);
      },
    };
    for (const [what, forge] of Object.entries(forgeries))
      it(`not ${what}`, async () => {
        expect(await invoked(await forge())).to.have.property("accepted", false);
      });

    it("and the switch stands where alice has set it last", async () => {
      const item = (await itemOf("switch")) as Record<string, { S: string }>;
      expect(JSON.parse(String(item["*"]?.S))).to.deep.include({ mode: "fix", why: "over" });
    });
  });
});
