import { expect } from "chai";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { accountOf, type CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import {
  collisionOf,
  type Identity,
  identityOf,
  misplacedOf,
  sameIdentity,
} from "../../../handlers/findings/identity";
import { aFinding, aRecord } from "../../support/factories";

describe("the identity of a record", () => {
  const identity = (own: Partial<CloudTrailRecord> = {}): Identity => {
    const record = aRecord(own);
    // As the table has it.
    const finding = { record, account: accountOf(record), actor: actorOf(record) };
    return JSON.parse(JSON.stringify(identityOf(finding))) as Identity;
  };
  const requestParameters = {
    userName: "bob",
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    count: 1,
    none: null,
    nested: { b: [1, 2], a: "x" },
  };
  const both = (a: Partial<CloudTrailRecord>, b: Partial<CloudTrailRecord>) => [
    sameIdentity(identity({ requestParameters, ...a }), identity({ requestParameters, ...b })),
    sameIdentity(identity({ requestParameters, ...b }), identity({ requestParameters, ...a })),
  ];
  const { userName, policyArn } = requestParameters;
  const omitted = { omitted: true, reason: "requestParameters too large" };
  const addendum = (updatedFields?: string) => ({ addendum: { reason: "UPDATED_DATA", updatedFields } });

  const same: [what: string, a: Partial<CloudTrailRecord>, b: Partial<CloudTrailRecord>][] = [
    ["comes twice", {}, {}],
    [
      "has its members in another order",
      {},
      { requestParameters: { nested: { a: "x", b: [1, 2] }, none: null, count: 1, policyArn, userName } },
    ],
    ["lacks what is null in the other", {}, { requestParameters: { ...requestParameters, none: undefined } }],
    ["has its parameters left out by one way", {}, { requestParameters: omitted }],
    ["has one parameter left out by one way", {}, { requestParameters: { userName, policyArn } }],
    [
      "has a value blacked out by one way",
      {},
      { requestParameters: { ...requestParameters, nested: { b: "HIDDEN_DUE_TO_SECURITY_REASONS" } } },
    ],
    [
      "has a version, a source and an answer of another form",
      {},
      { eventVersion: "1.12", responseElements: {} },
    ],
    ["is delivered late", {}, { addendum: { reason: "DELIVERY_DELAY" } }],
    [
      "is corrected in its parameters",
      {},
      { requestParameters: { userName: "eve" }, ...addendum("requestParameters, responseElements") },
    ],
    [
      "is corrected in who called",
      {},
      { userIdentity: { type: "IAMUser", arn: "arn:aws:iam::1:user/eve" }, ...addendum("userIdentity.arn") },
    ],
    [
      "has a date in its name by one way",
      { eventName: "AddPermission20150331v2" },
      { eventName: "AddPermission" },
    ],
  ];
  for (const [what, a, b] of same)
    it(`is the same when it ${what}`, () => expect(both(a, b)).to.deep.equal([true, true]));

  const different: [what: string, own: Partial<CloudTrailRecord>][] = [
    ["event", { eventName: "DetachUserPolicy" }],
    ["service", { eventSource: "sts.amazonaws.com" }],
    ["account", { recipientAccountId: "999988887777" }],
    ["region", { awsRegion: "eu-west-1" }],
    ["caller", { userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/eve" } }],
    ["parameter", { requestParameters: { ...requestParameters, userName: "eve" } }],
    ["parameter beside one that is left out", { requestParameters: { userName: "eve" } }],
    ["nested parameter", { requestParameters: { ...requestParameters, nested: { b: [2, 1], a: "x" } } }],
    [
      "parameter that no addendum corrects",
      { requestParameters: { ...requestParameters, userName: "eve" }, ...addendum("responseElements") },
    ],
    [
      "caller that no addendum corrects",
      { userIdentity: { type: "Root" }, ...addendum("requestParameters") },
    ],
  ];
  for (const [what, own] of different)
    it(`is another one with another ${what}`, () => expect(both({}, own)).to.deep.equal([false, false]));

  it("compares many parameters", () => {
    const many = (last: string) => ({
      requestParameters: Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`p${i}`, i === 499 ? last : "x"]),
      ),
    });
    expect(both(many("x"), many("x"))).to.deep.equal([true, true]);
    expect(both(many("x"), many("y"))).to.deep.equal([false, false]);
    expect(JSON.stringify(identity(many("x"))).length).to.be.below(3_000);
  });

  it("lets pass what was kept of a finding before", () => {
    const old = { ...identity(), parameters: "0123456789abcdef" } as unknown as Identity;
    expect(sameIdentity(old, identity())).to.equal(true);
    expect(sameIdentity(identity({ awsRegion: undefined as never }), identity())).to.equal(true);
    expect(sameIdentity(undefined, identity())).to.equal(true);
  });

  it("survives a hostile record", () => {
    let deep: unknown = "bob";
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    for (const hostile of [{ deep }, JSON.parse('{"__proto__":{"a":1},"toString":1}'), [1], "x", 7])
      expect(both({ requestParameters: hostile }, { requestParameters: hostile })).to.deep.equal([
        true,
        true,
      ]);
    const proto = (value: number) => ({ requestParameters: JSON.parse(`{"__proto__":${value}}`) as unknown });
    expect(both(proto(1), proto(2))).to.deep.equal([false, false]);
  });
});

describe("a record that somebody wrote", () => {
  it("has a finding of its own, critical, that takes no id from another", () => {
    const finding = aFinding({ severity: "low" });
    for (const suspect of [collisionOf(finding), misplacedOf(finding, "999988887777")]) {
      expect(suspect.id).to.match(/^(?:collision|misplaced)-[0-9a-f]{40}#iam-admin-policy-attached-user$/);
      expect(suspect).to.deep.include({ severity: "critical", record: finding.record });
      expect(suspect.suspect).to.match(/forged/);
    }
  });
});
