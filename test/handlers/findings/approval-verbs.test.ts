import { expect } from "chai";
import { type ApprovalVerbsOptions, createApprovalVerbs } from "../../../handlers/findings/approval-verbs";
import { type ApprovalRequest, hashOfCalls } from "../../../handlers/findings/person-request";
import { createTable } from "../../../handlers/aws/table";
import type { Finding } from "../../../handlers/detections/finding";
import { createProblems } from "../../../handlers/problem";
import {
  account,
  aDetection,
  aFinding,
  aRecord,
  aWaitingItem,
  region,
  someSettings,
} from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("a yes to a fix, or a no", () => {
  const detection = aDetection();
  const call = {
    service: "iam",
    operation: "DetachUserPolicy",
    region: "us-east-1",
    input: { UserName: "bob" },
  };
  const plan = { summary: "Detach it", calls: [call], rollback: [call] };
  const decidedAt = "2026-05-04T10:00:00.000Z";
  const decided = Date.parse(decidedAt);
  const id = `${aRecord().eventID}#${detection.id}`;
  const arnOf = (name: string) => `arn:aws:iam::${account}:user/${name}`;
  const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 };

  /** A finding that waits, and what decides about it. */
  function prepare(
    own: Record<string, { S: string } | undefined> = {},
    more: Partial<ApprovalVerbsOptions> = {},
  ) {
    const item = { ...aWaitingItem(plan, decidedAt), ...own };
    const table = aTable({ [id]: item });
    const handled: Finding[] = [];
    let clock = decided + 60_000;
    const verbs = createApprovalVerbs({
      settings: { ...someSettings(), approvers: [arnOf("*"), `arn:aws:sts::${account}:assumed-role/*`] },
      table: createTable(table.aws, { table: "findings-red", region }),
      catalogue: [detection],
      handleRecord: async (what) => {
        if ("finding" in what) handled.push(what.finding);
        table.items[id] = { ...table.items[id], state: { S: "done" }, outcome: { S: "fixed" } };
        return { entry: {}, kept: [id], errors: createProblems(1), failures: createProblems(1) };
      },
      now: () => clock,
      ...more,
    });
    const requestOf = (verb: "approve" | "deny", asked: Partial<ApprovalRequest>): ApprovalRequest => ({
      verb,
      finding: id,
      plan: hashOfCalls(plan.calls),
      why: "it is an attack",
      table: "findings-red",
      region,
      nonce: "n",
      ...asked,
    });
    const approve = (by = arnOf("alice"), asked: Partial<ApprovalRequest> = {}) =>
      verbs.approve(requestOf("approve", asked), by, invocation);
    const deny = (by = arnOf("alice"), asked: Partial<ApprovalRequest> = {}) =>
      verbs.deny(requestOf("deny", asked), by);
    return { approve, deny, table, handled, pass: (ms: number) => void (clock += ms) };
  }
  async function carriedOut(
    deciding: ReturnType<ReturnType<typeof prepare>["deny"]>,
  ): Promise<string | void> {
    const granted = await deciding;
    if ("refused" in granted) throw new Error(granted.refused);
    return granted.carryOut();
  }
  const refusalOf = async (deciding: ReturnType<ReturnType<typeof prepare>["deny"]>) => {
    const granted = await deciding;
    return "refused" in granted ? granted.refused : "granted";
  };

  it("takes the finding up again, with who said so, why, and to which calls", async () => {
    const { approve, table, handled } = prepare();
    const before = approve();
    const granted = await before;
    if ("refused" in granted) throw new Error(granted.refused);
    expect(granted.alert).to.equal(undefined);
    expect(table.items[id]?.approval).to.equal(undefined);
    expect(await granted.carryOut()).to.equal("fixed");
    expect(handled.map((finding) => [finding.id, finding.severity])).to.deep.equal([[id, "high"]]);
    expect(JSON.parse(table.items[id]?.approval?.S ?? "")).to.deep.equal({
      by: arnOf("alice"),
      why: "it is an attack",
      at: "2026-05-04T10:01:00.000Z",
      plan: hashOfCalls(plan.calls),
    });
  });

  it("is granted once: of two at the same moment, one hears of the other", async () => {
    const { approve, handled } = prepare();
    const [first, second] = await Promise.all([approve(), approve(arnOf("carol"))]);
    if ("refused" in first || "refused" in second) throw new Error("expected both to be let");
    const results = [await first.carryOut(), await second.carryOut()];
    expect(results[0]).to.equal("fixed");
    expect(results[1]).to.match(/^somebody else has decided/);
    expect(handled).to.have.length(1);
  });

  it("says that the fix is not known to be made when it is not, and is granted again when the lease is over", async () => {
    const errors = createProblems(1);
    errors.add("the function's time was over");
    const { approve, pass } = prepare(
      {},
      { handleRecord: async () => ({ entry: {}, kept: [], errors, failures: createProblems(1) }) },
    );
    const problem = await carriedOut(approve()).catch(({ message }: Error) => message);
    expect(problem).to.match(/approve it again in a minute: the function's time was over$/);
    expect(await carriedOut(approve())).to.match(/^somebody else has decided/);
    pass(60_000);
    const again = await carriedOut(approve()).catch(({ message }: Error) => message);
    expect(again).to.match(/approve it again in a minute/);
  });

  it("goes on where an attempt died that may have made calls, so that their receipt is not lost", async () => {
    const states: (string | undefined)[] = [];
    const { approve, table, pass } = prepare(
      { state: { S: "fixing" } },
      {
        handleRecord: async () => {
          states.push(table.items[id]?.state?.S);
          return { entry: {}, kept: [], errors: createProblems(1), failures: createProblems(1) };
        },
      },
    );
    pass(60_000);
    await carriedOut(approve());
    expect(states).to.deep.equal(["fixing"]);
  });

  it("ends the finding when it is a no, and alerts that", async () => {
    const { deny, approve, table } = prepare();
    const granted = await deny();
    if ("refused" in granted) throw new Error(granted.refused);
    expect(granted.alert).to.deep.include({
      title: "A fix is denied: It happened",
      severity: "high",
      finding: id,
    });
    expect(await granted.carryOut()).to.equal("rejected");
    expect(table.items[id]).to.deep.include({
      outcome: { S: "rejected" },
      reason: { S: `denied by ${arnOf("alice")}: it is an attack` },
    });
    expect(await refusalOf(approve())).to.match(
      /waits for approval, or for its fix, found one with outcome rejected$/,
    );
  });

  describe("of a delayed fix", () => {
    const delayed = { outcome: { S: "delayed" }, fixAt: { S: "2026-05-06T11:00:00.000Z" } };
    const deciding = (own: Partial<ReturnType<typeof someSettings>>) => ({
      settings: { ...someSettings(), approvers: [], operators: [], ...own },
    });

    it("ends it as rejected when it is a no, as long as it waits", async () => {
      const { deny, table, pass } = prepare(delayed);
      pass(30 * 3_600_000);
      expect(await carriedOut(deny())).to.equal("rejected");
      expect(table.items[id]?.reason?.S).to.equal(`denied by ${arnOf("alice")}: it is an attack`);
    });

    it("comes too late once it is being made", async () => {
      const { deny, table } = prepare(delayed);
      const granted = await deny();
      if ("refused" in granted) throw new Error(granted.refused);
      table.items[id] = { ...table.items[id], state: { S: "claimed" } };
      expect(await granted.carryOut()).to.match(/^somebody else has decided/);
    });

    it("makes it now when it is a yes", async () => {
      const { approve, handled } = prepare(delayed);
      expect(await carriedOut(approve())).to.equal("fixed");
      expect(handled).to.have.length(1);
    });

    it("is for approvers, without any for operators, without these for everybody else than who caused it", async () => {
      const carol = [arnOf("carol")];
      const refused = (own: Parameters<typeof deciding>[0], by?: string) =>
        refusalOf(prepare(delayed, deciding(own)).deny(by));
      expect(await refused({ approvers: carol, operators: [arnOf("*")] })).to.match(
        /configuration's approvers/,
      );
      expect(await refused({ operators: carol })).to.match(/^expected one of the configuration's operators/);
      expect(await refused({ operators: carol }, arnOf("carol"))).to.equal("granted");
      expect(await refused({})).to.equal("granted");
      expect(await refused({}, arnOf("mallory"))).to.match(/mallory caused the finding/);
      const waits = prepare({}, deciding({ operators: [arnOf("*")] }));
      expect(await refusalOf(waits.approve())).to.match(/configuration's approvers/);
    });
  });

  const session = (role: string) => `arn:aws:sts::${account}:assumed-role/${role}/whatever`;
  const bySession = (role: string) => ({
    about: { S: JSON.stringify({ actor: session(role) }) },
    basis: {
      S: JSON.stringify({
        ...aFinding(),
        record: aRecord({
          userIdentity: {
            type: "AssumedRole",
            arn: session(role),
            sessionContext: {
              sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/teams/${role}` },
            },
          },
        }),
      }),
    },
  });
  const refusals: [title: string, refusal: RegExp, refused: () => Promise<string>][] = [
    [
      "to somebody who is no approver",
      /^expected one of the configuration's approvers, found arn:aws:iam::9/,
      () => refusalOf(prepare().approve("arn:aws:iam::999988887777:user/alice")),
    ],
    [
      "to whoever caused the finding",
      /^\S+user\/mallory caused the finding/,
      () => refusalOf(prepare().approve(arnOf("mallory"))),
    ],
    [
      "to whoever caused it, in another session of the role",
      /caused the finding/,
      () => refusalOf(prepare(bySession("ops")).approve(session("ops"))),
    ],
    [
      "when it is too late",
      /could be approved for 24 hours after 2026-05-04T10:00:00.000Z/,
      () => {
        const late = prepare();
        late.pass(24 * 3_600_000);
        return refusalOf(late.approve());
      },
    ],
    [
      "to somebody who has seen other calls",
      /^other calls would fix/,
      () => refusalOf(prepare().approve(undefined, { plan: hashOfCalls([]) })),
    ],
    [
      "when the finding does not wait",
      /found one with outcome planned$/,
      () => refusalOf(prepare({ outcome: { S: "planned" } }).approve()),
    ],
    [
      "when there is no such finding",
      /waits for approval, or for its fix, found none$/,
      () => refusalOf(prepare().approve(undefined, { finding: `other#${detection.id}` })),
    ],
    [
      "when too little of it is kept",
      /^too little is kept/,
      () => refusalOf(prepare({ basis: undefined }).approve()),
    ],
  ];
  for (const [title, refusal, refused] of refusals)
    it(`is refused ${title}`, async () => {
      expect(await refused()).to.match(refusal);
    });

  it("is granted to somebody in another role", async () => {
    expect(await refusalOf(prepare(bySession("ops")).approve(session("security")))).to.equal("granted");
  });
});
