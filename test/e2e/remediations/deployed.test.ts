import { expect } from "chai";
import { createCallAws } from "../../../handlers/aws/clients";
import { deployForSuite } from "../stage";
import { removeTrail, stateOf } from "./harness";
import type { Scenario, Step } from "./scenario";
import { deployable } from "./scenarios/index";

/** Log files are delivered on request, because the state after an attack must be read before the fix. */
const onRequest = 3_600_000;

/**
 * The whole story of each scenario that needs only a stack: an attack with an IAM user's own keys, CloudTrail's log file, the
 * fix by the function with its role, the alert, and the rollback by `cloudtrailer rollback`.
 */
describe("remediations by the deployed function", () => {
  // Every other detection only alerts, so that one fix is seen at a time.
  const fixed = deployable.map(({ id }) => [id, { mode: "fix" }]);
  const stage = deployForSuite("fixes", {
    mode: "alert",
    config: {
      detections: JSON.stringify(Object.fromEntries(fixed)),
      maxFixesPerHour: "1000",
      maxFixesPerHourOfAccount: "1000",
    },
    deliverEveryMs: onRequest,
    // Attacked trails have buckets that nothing may deliver to.
    isExpected: (problem) => /were not delivered|reject the delivery/.test(problem),
  });

  it("do not reach the stack's own role, function, topics, queue and bucket", async () => {
    const { outputs, region, emulator } = stage.stack;
    const { root } = stage;
    const iam = (operation: string, input: Record<string, unknown>) =>
      root({ service: "iam", operation, region: "us-east-1", input });
    // A user with all of the role's permissions: only Lambda may assume the role itself.
    const UserName = "like-the-role";
    await iam("CreateUser", { UserName });
    const RoleName = outputs.roleName;
    const { PolicyDocument } = await iam("GetRolePolicy", { RoleName, PolicyName: "execution-policy" });
    const { Statement, ...rest } = JSON.parse(decodeURIComponent(String(PolicyDocument))) as {
      Statement: { Sid?: string }[];
    };
    // Without the statement that denies a user everything, for not being the function: the others are what is tested.
    const others = Statement.filter(({ Sid }) => Sid !== "OnlyFromThisFunction");
    expect(others).to.have.length(Statement.length - 1);
    await iam("PutUserPolicy", {
      UserName,
      PolicyName: "own",
      PolicyDocument: JSON.stringify({ ...rest, Statement: others }),
    });
    const { AttachedPolicies } = await iam("ListAttachedRolePolicies", { RoleName });
    for (const { PolicyArn } of AttachedPolicies as { PolicyArn: string }[])
      await iam("AttachUserPolicy", { UserName, PolicyArn });
    const { AccessKey } = await iam("CreateAccessKey", { UserName });
    const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string };
    const like = createCallAws({
      endpoint: emulator.endpoint,
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
    });

    const nothing = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const own: [string, string, Record<string, unknown>][] = [
      ["iam", "PutRolePolicy", { RoleName, PolicyName: "more", PolicyDocument: nothing }],
      ["iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: nothing }],
      ["lambda", "UpdateFunctionConfiguration", { FunctionName: outputs.functionName, Timeout: 1 }],
      ["s3", "PutBucketPolicy", { Bucket: outputs.bucket, Policy: nothing }],
      ["s3", "DeleteBucketPolicy", { Bucket: outputs.bucket }],
      [
        "sns",
        "SetTopicAttributes",
        { TopicArn: outputs.alertTopicArn, AttributeName: "Policy", AttributeValue: nothing },
      ],
      ["sqs", "SetQueueAttributes", { QueueUrl: outputs.failureQueueUrl, Attributes: { Policy: nothing } }],
    ];
    for (const [service, operation, input] of own) {
      const refused = await like({ service, operation, region, input }).catch((error: Error) => error);
      expect(refused, operation).to.be.an("error");
      expect((refused as Error).message, operation).to.match(/explicit deny/);
    }
    // It may change what does not belong to the stack.
    const { QueueUrl } = await root({
      service: "sqs",
      operation: "CreateQueue",
      region,
      input: { QueueName: "not-its-own" },
    });
    await like({
      service: "sqs",
      operation: "SetQueueAttributes",
      region,
      input: { QueueUrl, Attributes: { VisibilityTimeout: "7" } },
    });
  });

  deployable.forEach((scenario, index) => {
    const { id, what } = scenario;
    const name = `f${index}-${id.slice(0, 30)}`;
    it(what === undefined ? id : `${id}: ${what}`, async () => {
      try {
        await run(scenario, name);
      } finally {
        await removeTrail((step) => stage.root({ region: stage.stack.region, ...step }), name);
      }
    });
  });

  async function run(scenario: Scenario, name: string): Promise<void> {
    const { records } = stage;
    const { region, recorder } = stage.stack;
    const owner = (step: Step) => stage.root({ region, ...step });
    const made = await scenario.make(owner, name);
    const stateNow = () => stateOf(owner, scenario.state(made), scenario.anew ?? []);
    const atFirst = await stateNow();
    const from = records.length;
    await stage.mallory({ region, ...scenario.attack(made) });
    // Past the recorder.
    for (const step of scenario.unseen?.(made) ?? []) await owner(step);
    const afterAttack = await stateNow();
    expect(afterAttack, "the attack changed nothing").not.to.deep.equal(atFirst);

    await recorder.flush();
    const attacks = records.slice(from).map(({ eventID }) => eventID);
    const alert = await stage.nextAlert(
      `of ${scenario.id}`,
      ({ detection, eventID }) => detection === scenario.id && attacks.includes(eventID),
    );
    expect(alert.outcome, alert.reason).to.equal("fixed");
    const afterFix = await stateNow();
    if (scenario.contains) expect(afterFix, "the fix changed nothing").not.to.deep.equal(afterAttack);
    else expect(afterFix, "the state after the fix").to.deep.equal(atFirst);

    if (scenario.irreversible !== undefined) return;
    await stage.rollBack(alert.id);
    expect(await stateNow(), "the state after the rollback").to.deep.equal(afterAttack);
  }
});
