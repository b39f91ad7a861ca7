import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("ec2-nacl-open-to-world", () => {
  const NetworkAclId = "acl-0123456789abcdef0";
  const request = {
    networkAclId: NetworkAclId,
    ruleNumber: 90,
    egress: false,
    ruleAction: "allow",
    icmpTypeCode: {},
    portRange: { from: 22, to: 22 },
    aclProtocol: "6",
    cidrBlock: "203.0.113.7/0",
  };
  const entry = {
    RuleNumber: 90,
    Egress: false,
    Protocol: "6",
    RuleAction: "allow",
    CidrBlock: "0.0.0.0/0",
    PortRange: { From: 22, To: 22 },
  };
  const attack = (
    live: unknown,
    event = "CreateNetworkAclEntry",
    own: object = {},
    baselines: Record<string, unknown> = {},
  ) =>
    plannedFor(
      "ec2-nacl-open-to-world",
      `ec2:${event}`,
      { requestParameters: { ...request, ...own } },
      { aws: { "ec2:DescribeNetworkAcls": live as never }, baselines },
    );
  const acl = (...Entries: object[]) => ({ NetworkAcls: [{ NetworkAclId, Entries }] });
  const outgoing = { ...entry, Egress: true };

  it("deletes that entry, and would create it with all that it had", async () => {
    expectPlan(
      await attack(acl(outgoing, entry)),
      [["DeleteNetworkAclEntry", { NetworkAclId, RuleNumber: 90, Egress: false }]],
      [["CreateNetworkAclEntry", { NetworkAclId, ...entry }]],
    );
  });

  it("knows an entry for all traffic, of which EC2 forgets the ports that the call named", async () => {
    const all = {
      RuleNumber: 90,
      Egress: false,
      Protocol: "-1",
      RuleAction: "allow",
      CidrBlock: "0.0.0.0/0",
    };
    expectPlan(
      await attack(acl(all), "CreateNetworkAclEntry", { aclProtocol: "-1", portRange: { from: 0, to: 0 } }),
      [["DeleteNetworkAclEntry", { NetworkAclId, RuleNumber: 90, Egress: false }]],
      [["CreateNetworkAclEntry", { NetworkAclId, ...all }]],
    );
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(await attack(acl(outgoing)), "already-ok");
    expectOutcome(await attack(failing("InvalidNetworkAclID.NotFound")), "already-ok");
    for (const other of [
      { RuleAction: "deny" },
      { CidrBlock: "10.0.0.0/8" },
      { PortRange: { From: 22, To: 23 } },
    ])
      expectOutcome(await attack(acl({ ...entry, ...other })), "changed-since");
    expectOutcome(await attack(acl(entry), "ReplaceNetworkAclEntry"), "needs-baseline");
  });

  describe("of an entry that the event replaced", () => {
    const before = { ...entry, RuleAction: "deny", CidrBlock: "198.51.100.0/24" };
    const replaced = (live: object, ...was: object[]) =>
      attack(
        acl(live),
        "ReplaceNetworkAclEntry",
        {},
        kept(baselineKinds.networkAcl, region, NetworkAclId, { DescribeNetworkAcls: acl(...was) }),
      );

    it("restores it", async () => {
      expectPlan(
        await replaced(entry, outgoing, before),
        [["ReplaceNetworkAclEntry", { NetworkAclId, ...before }]],
        [["ReplaceNetworkAclEntry", { NetworkAclId, ...entry }]],
      );
    });

    it("otherwise says what it finds", async () => {
      expectOutcome(await replaced(entry, entry), "already-ok");
      expectOutcome(await replaced(before, before), "already-ok");
      expectOutcome(await replaced({ ...entry, CidrBlock: "10.0.0.0/8" }, before), "changed-since");
      expectOutcome(await replaced(entry, outgoing), "needs-baseline");
    });
  });
});
