import { expect } from "chai";
import type { CallAws } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import { fieldsOf, listOf } from "../../handlers/json";
import type { Emulator } from "../../local/emulator";
import { verify } from "../../cli/verify";
import { templateText } from "../../cli/member-template/template";
import { makeAdministrator } from "../../local/stack";
import { createStack, type Template } from "../../local/resources/cloudformation-stack-set";
import { keepEnvironment } from "../support/environment";
import { printedBy } from "./printed-by";
import { deployForSuite, type Answer } from "./stage";
import { aws, eventually, members, organizationId } from "./support";

const region = "us-west-2";
const [payments = "", shop = "", archive = "", bare = ""] = members;
const team = "company";
const role = `cloudtrailer-member-${team}`;
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("an organization of five accounts", () => {
  let endpoint: string;
  const prepare = async (running: Emulator) => {
    // The role that AWS Organizations creates in each account, which its administrators assume.
    const trust = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" },
      ],
    };
    for (const member of members) {
      const credentials = { accessKeyId: member, secretAccessKey: running.credentials.secretAccessKey };
      const root = createCallAws({ endpoint: running.endpoint, credentials });
      const RoleName = "OrganizationAccountAccessRole";
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      const call = (operation: string, input: Answer) =>
        root({ service: "iam", operation, region: "us-east-1", input });
      await call("CreateRole", { RoleName, AssumeRolePolicyDocument });
      await call("AttachRolePolicy", { RoleName, PolicyArn: admin });
    }
  };
  const stage = deployForSuite(team, {
    prepare,
    organization: { id: organizationId, members },
    config: {
      fast: "home",
      organization: JSON.stringify({ id: organizationId, accounts: members }),
      accounts: JSON.stringify({
        [payments]: { name: "payments" },
        [shop]: { name: "shop", mode: "plan" },
        "4444*": { mode: "alert" },
      }),
    },
  });

  /** The root user of a member, through the recorder. */
  const inMember = (account: string): CallAws =>
    createCallAws({
      endpoint: stage.stack.endpoint,
      credentials: { accessKeyId: account, secretAccessKey: stage.stack.credentials.secretAccessKey },
    });

  async function attack(account: string, user: string): Promise<void> {
    const root = inMember(account);
    await stage.call(root, "iam", "CreateUser", { UserName: user });
    await stage.call(root, "iam", "AttachUserPolicy", { UserName: user, PolicyArn: admin });
  }

  async function attached(account: string, user: string): Promise<unknown[]> {
    const answer = await stage.call(inMember(account), "iam", "ListAttachedUserPolicies", { UserName: user });
    return listOf(answer.AttachedPolicies).map((one) => fieldsOf(one).PolicyArn);
  }

  const restoreEnvironment = keepEnvironment();
  after(restoreEnvironment);

  before(async () => {
    ({ endpoint } = stage.stack);
    const values = {
      "cloudtrailer:team": team,
      "cloudtrailer:mode": "fix",
      "cloudtrailer:organization": JSON.stringify({ id: organizationId, accounts: members }),
    };
    const place = { partition: "aws", region, account: stage.stack.account };
    const raw = { project: "cloudtrailer", values, secrets: [] };
    const template = (what: "role" | "events") =>
      JSON.parse(templateText(raw, place, "Pulumi.company.yaml", what)) as Template;
    // As people deploy it; the last member has no role yet.
    for (const member of [payments, shop, archive]) await createStack(template("role"), member, await aws());
    // In the region of IAM's events, of one member.
    await createStack(template("events"), shop, await aws(), "us-east-1");
  });

  it("says at the end of a deployment which accounts have no role yet", async () => {
    // The deployment's alert is out before anybody listens.
    const [entry] = await stage.entries("self-check");
    const differences = listOf(entry?.differences).map(fieldsOf);
    const parts = differences.filter(({ by }) => by === "AssumeRole").map(({ part }) => part);
    expect(parts).to.include.members([`account ${payments} (payments)`, `account ${bare}`]);
  });

  let finding = "";

  it("fixes an attack in a member, there, and says where", async () => {
    await attack(payments, "bob-of-payments");
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "bob-of-payments");
    expect(alert.outcome, alert.reason).to.equal("fixed");
    expect(alert).to.include({ account: payments, accountName: "payments" });
    expect(await attached(payments, "bob-of-payments")).to.deep.equal([]);
    expect(JSON.stringify(alert.rollback)).to.include(`--profile ${payments}`);
    finding = alert.id;
  });

  it("does not take its own fix there for an attack", async () => {
    const own = () =>
      stage.records.some(({ eventName, recipientAccountId, userIdentity }) => {
        const arn = String(userIdentity?.arn);
        return (
          eventName === "DetachUserPolicy" && recipientAccountId === payments && arn.includes(`/${role}/`)
        );
      });
    await eventually("the record of the fix", async () => (own() ? true : undefined));
  });

  it("rolls the fix back with the person's role there, and does not fix that again", async () => {
    await stage.rollBack(finding);
    await eventually("the policy is attached again", async () =>
      (await attached(payments, "bob-of-payments")).includes(admin) ? true : undefined,
    );
    const alert = await stage.nextAlert(
      "about the rollback",
      ({ outcome, account, reason = "" }) =>
        outcome === "refused" && account === payments && reason.includes("is rolling back the fix"),
    );
    expect(alert.severity).to.equal("info");
    expect(await attached(payments, "bob-of-payments")).to.deep.equal([admin]);
  });

  it("has a mode for each account", async () => {
    await attack(shop, "bob-of-shop");
    const planned = await stage.alertOf("iam-admin-policy-attached-user", "bob-of-shop");
    expect(planned).to.include({ outcome: "planned", account: shop, accountName: "shop" });
    expect(await attached(shop, "bob-of-shop")).to.deep.equal([admin]);
    await attack(archive, "bob-of-archive");
    expect((await stage.alertOf("iam-admin-policy-attached-user", "bob-of-archive")).outcome).to.equal(
      "alerted",
    );
  });

  it("leaves a planned fix in a member to a person's own credentials, by the person's role there", async () => {
    const { accessKeyId, secretAccessKey } = await makeAdministrator(
      stage.stack.emulator,
      "alice-of-company",
    );
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
    const { tableName, functionName } = stage.stack.outputs;
    const printed = await printedBy(
      ...["fix", "--since", "1h", "--outcome", "planned", "--detection", "iam-admin-policy-attached-user"],
      ...["--why", "it was an attack", "--yes"],
      ...["--table", String(tableName), "--function", String(functionName)],
      ...["--region", region, "--endpoint", endpoint],
    );
    expect(printed).to.match(new RegExp(`aws iam detach-user-policy .*--profile ${shop} .*bob-of-shop`));
    expect(printed).to.match(new RegExp(`aws iam attach-user-policy .*--profile ${shop} .*bob-of-shop`));
    expect(printed).to.match(/fixed by \S+alice-of-company: it was an attack$/);
    expect(await attached(shop, "bob-of-shop")).to.deep.equal([]);
  });

  it("says which account is unprotected, and what it would have done there", async () => {
    await attack(bare, "bob-of-bare");
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "bob-of-bare");
    expect(alert.outcome).to.equal("refused");
    expect(alert.reason).to.match(new RegExp(`account ${bare} is unprotected: .*iam:DetachUserPolicy`));
  });

  it("gets records of a member within seconds, by the member's rules and role", async () => {
    await attack(shop, "bob-in-a-hurry");
    const planned = await stage.alertOf("iam-admin-policy-attached-user", "bob-in-a-hurry");
    expect(planned).to.include({ outcome: "planned", account: shop });
    const fast = await eventually("the entry of the event", async () => {
      const entries = await stage.entries("event");
      return entries.find((entry) => JSON.stringify(entry).includes(planned.id));
    });
    expect(fast.source).to.match(/^eventbridge:us-east-1\//);
    expect(fast.unproven).to.equal(undefined);
  });

  it("says of which member the rules that send records are missing, or not as at home", async () => {
    const look = async (member: string) => {
      const { FunctionError } = await stage.call(stage.root, "lambda", "Invoke", {
        FunctionName: stage.stack.outputs.functionName,
        Payload: JSON.stringify({ cloudtrailer: "keep-baselines", at: "schedule", member }),
      });
      expect(FunctionError).to.equal(undefined);
    };
    const differencesOf = async (member: string) => {
      const all = (await stage.entries("rules of a member")).filter((entry) => entry.member === member);
      return listOf(all.at(-1)?.differences).map(fieldsOf);
    };
    await look(shop);
    const parts = (await differencesOf(shop)).map(({ part }) => String(part));
    // Its rules were deployed in one of two regions.
    expect([...new Set(parts)]).to.deep.equal([
      `rules cloudtrailer-events-${team}.* (${region}) of account ${shop} (shop)`,
    ]);
    const inVirginia = (operation: string, input: Answer) =>
      inMember(shop)({ service: "events", operation, region: "us-east-1", input });
    const rules = await inVirginia("ListRules", {});
    const Name = String(fieldsOf(listOf(rules.Rules)[0]).Name);
    await inVirginia("DisableRule", { Name });
    await look(shop);
    const disabled = (await differencesOf(shop)).filter(({ part }) => String(part).includes("(us-east-1)"));
    expect(disabled.map(({ by }) => by)).to.deep.equal([`DescribeRule ${Name}`]);
    expect(disabled[0]?.found).to.include("DISABLED");
    await inVirginia("EnableRule", { Name });
  });

  it("verifies the digests of each member in an invocation of its own", async () => {
    await stage.stack.recorder.writeDigests();
    const { FunctionError } = await stage.call(stage.root, "lambda", "Invoke", {
      FunctionName: stage.stack.outputs.functionName,
      Payload: JSON.stringify({ cloudtrailer: "keep-baselines", at: "schedule", member: payments }),
    });
    expect(FunctionError).to.equal(undefined);
    const entry = await eventually("the entry of the digests", async () =>
      (await stage.entries("digests")).find(
        ({ member, digests }) => member === payments && Number(digests) > 0,
      ),
    );
    expect(entry).to.deep.include({ level: "info", problems: [], errors: [] });
    expect(entry.regions).to.include("us-east-1");
    expect(entry.logFiles).to.be.at.least(1);
    const { regions, problems } = await verify({
      trail: String(stage.stack.outputs.trailArn),
      account: payments,
      table: String(stage.stack.outputs.tableName),
      region,
      from: Date.now() - 86_400_000,
      aws: stage.root,
      now: () => Date.now(),
    });
    expect(problems).to.deep.equal([]);
    expect(regions.find((one) => one.region === "us-east-1")?.logFiles).to.be.at.least(1);
  });

  it("admits no events on the bus at home but the forwarders'", async () => {
    const EventBusName = `arn:aws:events:${region}:${stage.stack.account}:event-bus/cloudtrailer-events-${team}`;
    const Entries = [
      { Source: "forged", DetailType: "AWS API Call via CloudTrail", Detail: "{}", EventBusName },
    ];
    const put = (by: CallAws) =>
      stage.call(by, "events", "PutEvents", { Entries }).then(
        ({ FailedEntryCount }) => (FailedEntryCount === 0 ? "let in" : "refused"),
        () => "refused",
      );
    expect(await put(stage.mallory)).to.equal("refused");
    expect(await put(inMember(shop))).to.equal("refused");
  });

  it("lets nobody from one member into another, nor anybody but the detector into the role", async () => {
    const roleIn = (account: string) => `arn:aws:iam::${account}:role/${role}`;
    const assume = (by: CallAws, RoleArn: string) =>
      stage.call(by, "sts", "AssumeRole", { RoleArn, RoleSessionName: "intruder" }).then(
        () => "let in",
        (error: Error) => error.name,
      );
    // A member's own administrator, and one of the stack's account.
    const credentials = { accessKeyId: payments, secretAccessKey: stage.stack.credentials.secretAccessKey };
    const asPayments = createCallAws({ endpoint, credentials });
    const administrator = await stage.call(asPayments, "iam", "CreateUser", { UserName: "adm-of-payments" });
    expect(administrator).to.have.property("User");
    await stage.call(asPayments, "iam", "AttachUserPolicy", {
      UserName: "adm-of-payments",
      PolicyArn: admin,
    });
    const { AccessKey } = await stage.call(asPayments, "iam", "CreateAccessKey", {
      UserName: "adm-of-payments",
    });
    const { AccessKeyId, SecretAccessKey } = fieldsOf(AccessKey);
    const adm = createCallAws({
      endpoint,
      credentials: { accessKeyId: String(AccessKeyId), secretAccessKey: String(SecretAccessKey) },
    });
    expect(await assume(adm, roleIn(shop))).to.match(/AccessDenied/);
    expect(await assume(adm, roleIn(payments))).to.match(/AccessDenied/);
    expect(await assume(stage.mallory, roleIn(payments))).to.match(/AccessDenied/);
  });
});
