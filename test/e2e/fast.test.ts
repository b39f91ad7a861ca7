import { expect } from "chai";
import { listOf } from "../../handlers/json";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("the fast path", () => {
  // Log files come only when a test has them delivered.
  const stage = deployForSuite("fast", { config: { fast: "home" }, deliverEveryMs: 3_600_000 });
  const byMallory = (service: string, operation: string, input: Answer) =>
    stage.call(stage.mallory, service, operation, input);
  const entriesOf = async (message: string, id: string) =>
    (await stage.entries(message)).flatMap((entry) =>
      listOf(entry.findings).filter((one) => (one as Answer).id === id),
    ) as Answer[];

  it("fixes within seconds, without any log file, and the log file is a duplicate", async () => {
    await byMallory("iam", "CreateUser", { UserName: "eve" });
    await byMallory("iam", "AttachUserPolicy", { UserName: "eve", PolicyArn: admin });
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "eve");
    expect(alert.outcome).to.equal("fixed");
    expect(alert.source).to.match(/^eventbridge:us-east-1\//);
    const { AttachedPolicies } = await stage.call(stage.root, "iam", "ListAttachedUserPolicies", {
      UserName: "eve",
    });
    expect(AttachedPolicies).to.deep.equal([]);
    await stage.stack.recorder.flush();
    const [second] = await eventually("the log file's entry", async () => {
      const found = await entriesOf("notification", alert.id);
      return found.length > 0 ? found : undefined;
    });
    expect(second).to.include({ outcome: "duplicate", path: "logFile" });
    const [first] = await entriesOf("event", alert.id);
    expect(first).to.include({ outcome: "fixed", path: "event" });
    expect(stage.alerts.filter(({ id }) => id === alert.id)).to.have.length(1);
  });

  it("fixes in the stack's own region", async () => {
    const { GroupId } = await byMallory("ec2", "CreateSecurityGroup", { GroupName: "db", Description: "x" });
    await byMallory("ec2", "AuthorizeSecurityGroupIngress", {
      GroupId,
      IpPermissions: [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
    const alert = await stage.alertOf("ec2-sg-open-to-world", String(GroupId));
    expect(alert.outcome).to.equal("fixed");
    expect(alert.source).to.match(/^eventbridge:us-west-2\//);
  });

  const forged = (own: Answer = {}) => ({
    Source: "evil.iam",
    DetailType: "AWS API Call via CloudTrail",
    Detail: JSON.stringify({
      ...stage.records.find(({ eventName }) => eventName === "AttachUserPolicy"),
      eventID: "0f0e0d0c-0000-4000-8000-0000000000ff",
      requestParameters: { userName: "eve", policyArn: admin },
    }),
    ...own,
  });

  it("alerts what is forged on the default bus of either region, and fixes nothing", async () => {
    await byMallory("iam", "CreateUser", { UserName: "bob-of-fast" });
    for (const region of ["us-west-2", "us-east-1"]) {
      await stage.mallory({
        service: "events",
        operation: "PutEvents",
        region,
        input: { Entries: [forged()] },
      });
      const alert = await stage.nextAlert(
        `of the event forged in ${region}`,
        (one) => one.detection === "event-unproven",
      );
      expect(alert).to.include({ severity: "critical", outcome: "unproven" });
      expect(alert.reason).to.include("evil.iam");
    }
  });

  it("refuses AWS's own sources, and everybody else on its own bus", async () => {
    const input = { Entries: [forged({ Source: "aws.iam" })] };
    const { FailedEntryCount } = await byMallory("events", "PutEvents", input);
    expect(FailedEntryCount).to.equal(1);
    const EventBusName = "cloudtrailer-events-fast";
    const error = await byMallory("events", "PutEvents", { Entries: [forged({ EventBusName })] }).catch(
      (one: Error) => one,
    );
    expect(error)
      .to.have.property("name")
      .that.matches(/AccessDenied/);
  });

  it("alerts what is forged on its own bus, once somebody has opened that", async () => {
    const EventBusName = "cloudtrailer-events-fast";
    await byMallory("events", "RemovePermission", { EventBusName, RemoveAllPermissions: true });
    await byMallory("events", "PutEvents", { Entries: [forged({ EventBusName })] });
    const alert = await stage.nextAlert("of the forged event", (one) => one.detection === "event-unproven");
    expect(alert).to.include({ severity: "critical", outcome: "unproven" });
  });

  it("alerts what somebody invokes the function with", async () => {
    const message = JSON.stringify({
      version: "0",
      id: "8f9e0a1b-0000-4000-8000-000000000001",
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.iam",
      account: stage.stack.account,
      region: "us-east-1",
      detail: JSON.parse(forged().Detail),
    });
    const Payload = Buffer.from(JSON.stringify({ Records: [{ Sns: { Message: message, MessageId: "x" } }] }));
    await byMallory("lambda", "Invoke", { FunctionName: stage.stack.outputs.functionName, Payload });
    const alert = await stage.nextAlert("of the invocation", (one) => one.detection === "event-unproven");
    expect(alert).to.include({ severity: "critical", outcome: "unproven" });
  });
});
