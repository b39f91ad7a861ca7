import { expect } from "chai";
import type { Difference } from "../../../handlers/alerts/summaries";
import type { Call, CallAws } from "../../../handlers/aws/call";
import { noRole } from "../../../handlers/aws/clients";
import { createMemberRules } from "../../../handlers/watch/member-rules";
import { createSelfCheck } from "../../../handlers/watch/self-check";
import { account, aMinuteLater, awsError, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const member = "222233334444";
const fast = "cloudtrailer-events-red";
const rule = `${fast}.changes-1`;
const bus = `arn:aws:events:us-west-2:${account}:event-bus/${fast}`;

describe("the check of a member's rules", () => {
  interface Rule {
    EventPattern: string;
    State: string;
    Targets: object[];
  }

  const aRule = (where: string): Rule => ({
    EventPattern: '{"source":[{"prefix":"aws."}],"detail":{"eventName":["AttachUserPolicy"]}}',
    State: "ENABLED",
    Targets: [{ Id: "home", Arn: bus, RoleArn: `arn:aws:iam::${where}:role/${fast}` }],
  });

  /** A stack that was deployed, and the rules of a member, in two regions each. */
  async function prepare() {
    const settings = someSettings({
      accounts: { [member]: { member: true, name: "payments" } },
      memberRole: "cloudtrailer-member-red",
      events: {
        topicArn: `arn:aws:sns:us-west-2:${account}:${fast}`,
        regions: ["us-west-2", "us-east-1"],
        lateDetections: 0,
      },
    });
    const table = aTable();
    const rules: Record<string, Record<string, Rule>> = {};
    for (const region of settings.events?.regions ?? [])
      for (const where of [account, member]) rules[`${where} ${region}`] = { [rule]: aRule(where) };
    const refusals: Record<string, string> = {};
    const answer = ({ operation, region, account: where = account, input }: Call) => {
      const name = refusals[`${where} ${region}`];
      if (name !== undefined) throw awsError(name);
      const its = input.EventBusName === undefined ? (rules[`${where} ${region}`] ?? {}) : {};
      if (operation === "ListRules") return { Rules: Object.keys(its).map((Name) => ({ Name })) };
      const found = its[String(input.Name ?? input.Rule)];
      if (found === undefined) throw awsError("ResourceNotFoundException");
      const { Targets, ...about } = found;
      return operation === "DescribeRule" ? about : { Targets };
    };
    const aws: CallAws = async (call) => {
      if (call.service === "dynamodb") return table.aws(call);
      if (call.service === "events" && call.operation !== "DescribeEventBus") return answer(call);
      throw awsError("ResourceNotFoundException");
    };
    const dependencies = { settings, aws, now: () => aMinuteLater, pause: async () => {} };
    const deployed = createSelfCheck({
      ...dependencies,
      alertDifferences: async () => {},
      alertEnding: async () => {},
    });
    await deployed.declare(() => 300_000);
    const alerts: Difference[][] = [];
    const down = { alerts: false };
    const alertDifferences = async (differences: Difference[]) => {
      if (down.alerts) throw new Error("SNS is down");
      alerts.push(differences);
    };
    const { checkAndReport } = createMemberRules({ settings, aws, member, alertDifferences });
    return { rules, refusals, alerts, down, checkAndReport, settings };
  }
  const at = (region: string) => `${member} ${region}`;

  it("finds nothing wrong with the same rules, which forward by a role of that account", async () => {
    const { checkAndReport, alerts, rules } = await prepare();
    // As CloudFormation writes it.
    const theirs = rules[at("us-west-2")]?.[rule] as Rule;
    theirs.EventPattern =
      '{ "detail": { "eventName": ["AttachUserPolicy"] }, "source": [{ "prefix": "aws." }] }';
    expect(await checkAndReport()).to.deep.equal([]);
    expect(alerts).to.deep.equal([]);
  });

  it("alerts once, until it changes, that a rule is gone, disabled, narrowed or sends elsewhere", async () => {
    const { checkAndReport, alerts, rules } = await prepare();
    const theirs = rules[at("us-east-1")] as Record<string, Rule>;
    const changes: [string, RegExp, (one: Rule) => void][] = [
      // What did not change is not shown, or the long pattern would hide it.
      ["DescribeRule", /^{"State":"DISABLED"}$/, (one) => (one.State = "DISABLED")],
      ["DescribeRule", /^{"EventPattern":/, (one) => (one.EventPattern = '{"source":["aws.iam"]}')],
      ["ListTargetsByRule", /^\[\]$/, (one) => (one.Targets = [])],
      ["ListTargetsByRule", /mallory/, (one) => (one.Targets = [{ Id: "home", Arn: `${bus}-mallory` }])],
    ];
    for (const [by, found, change] of changes) {
      theirs[rule] = aRule(member);
      change(theirs[rule]);
      const [first, ...others] = await checkAndReport();
      expect(others).to.deep.equal([]);
      expect(first).to.include({
        part: `rules ${fast}.* (us-east-1) of account ${member} (payments)`,
        by: `${by} ${rule}`,
        means: "from now on fixes may come minutes later, when log files do",
      });
      expect(first?.found).to.match(found);
      expect(first?.repair).to.match(/member-template --events` prints in us-east-1/);
      await checkAndReport();
    }
    delete theirs[rule];
    expect((await checkAndReport()).map(({ by }) => by)).to.deep.equal([
      "ListRules",
      `DescribeRule ${rule}`,
      `ListTargetsByRule ${rule}`,
    ]);
    expect(alerts).to.have.length(changes.length + 1);
    theirs[rule] = aRule(member);
    await checkAndReport();
    expect(alerts.at(-1)).to.deep.equal([]);
  });

  it("reports again what could not be reported", async () => {
    const { checkAndReport, alerts, rules, down } = await prepare();
    rules[at("us-east-1")] = {};
    down.alerts = true;
    expect(await checkAndReport().catch((error: Error) => error.message)).to.equal("SNS is down");
    down.alerts = false;
    await checkAndReport();
    expect(alerts).to.have.length(1);
  });

  it("says that it may not read them: the role's template is an older one", async () => {
    const { checkAndReport, refusals } = await prepare();
    refusals[at("us-west-2")] = "AccessDeniedException";
    const found = (await checkAndReport()).map((one) => one.found);
    expect(found[0]).to.include("AccessDeniedException");
  });

  for (const name of [noRole, "UnrecognizedClientException", "InvalidClientTokenId", "OptInRequired"])
    it(`compares nothing where the member answers ${name}`, async () => {
      const { checkAndReport, refusals, rules, alerts } = await prepare();
      refusals[at("us-east-1")] = name;
      expect(await checkAndReport()).to.deep.equal([]);
      // The other region is compared all the same.
      rules[at("us-west-2")] = {};
      expect(await checkAndReport()).not.to.deep.equal([]);
      expect(alerts).to.have.length(1);
    });

  it("leaves it to the next hour when AWS cannot answer", async () => {
    const { checkAndReport, refusals, alerts } = await prepare();
    refusals[at("us-west-2")] = "ThrottlingException";
    expect(await checkAndReport().catch(({ name }: Error) => name)).to.equal("ThrottlingException");
    expect(alerts).to.deep.equal([]);
  });

  it("has nothing to compare where log files alone bring records", async () => {
    const { alerts } = await prepare();
    const slow = someSettings({ accounts: { [member]: { member: true } } });
    const aws: CallAws = async ({ operation }) => {
      throw new Error(`expected no call, found ${operation}`);
    };
    const alertDifferences = async (differences: Difference[]) => void alerts.push(differences);
    const { checkAndReport } = createMemberRules({ settings: slow, aws, member, alertDifferences });
    expect(await checkAndReport()).to.deep.equal([]);
    expect(alerts).to.deep.equal([]);
  });
});
