import { expect } from "chai";
import fc from "fast-check";
import { createRemediationLoops, roundsIn } from "../../../handlers/findings/remediation-loops";
import { aFinding, aMinuteLater, aRecord, fakeAws } from "../../support/factories";

describe("roundsIn", () => {
  const fix = (calledAt: number, fixedAt: number) => ({ calledAt, fixedAt });

  it("counts a call made after the fix of the previous one", () => {
    expect(roundsIn([fix(1, 5), fix(6, 10)], 11)).to.equal(2);
  });

  it("counts calls in a row that are fixed later as one round", () => {
    expect(roundsIn([fix(1, 5), fix(2, 6), fix(3, 7)], 4)).to.equal(0);
    expect(roundsIn([fix(1, 5), fix(2, 6), fix(3, 7)], 8)).to.equal(1);
  });

  it("does not count what was fixed after the call, as with a late log file", () => {
    expect(roundsIn([fix(1, 5), fix(6, 10), fix(11, 15)], 7)).to.equal(1);
  });

  it("is the same whatever the order and number of the writes", () => {
    const fixes = fc.array(
      fc
        .tuple(fc.nat(1000), fc.nat(1000))
        .map(([calledAt, delay]) => ({ calledAt, fixedAt: calledAt + delay })),
    );
    fc.assert(
      fc.property(fixes, fc.nat(2000), (some, at) => {
        expect(roundsIn([...some, ...some].reverse(), at)).to.equal(roundsIn(some, at));
      }),
    );
  });
});

describe("createRemediationLoops", () => {
  const options = { table: "findings-red", region: "us-west-2", now: () => aMinuteLater };

  /** The key under which a finding's remediation loops are kept. */
  const keyOf = async (finding = aFinding()) => {
    const { aws, calls } = fakeAws({ "dynamodb:UpdateItem": {} });
    await createRemediationLoops(aws, options).note(finding);
    return (calls[0]?.input.Key as { id: { S: string } }).id.S;
  };

  it("separates remediation loops by who, what and where, and counts a role's sessions together", async () => {
    const role = { name: "ops", arn: "arn:aws:iam::111122223333:role/ops" };
    const session = (name: string) => ({ arn: `arn:aws:sts::111122223333:assumed-role/ops/${name}`, role });
    const bert = { evidence: [], resources: [{ type: "AWS::IAM::User", id: "bert" }] };
    const keys = await Promise.all([
      keyOf(),
      keyOf(aFinding({ match: bert })),
      keyOf(aFinding({ region: "eu-west-1" })),
      keyOf(aFinding({}, aRecord(), session("a"))),
      keyOf(aFinding({}, aRecord(), session("b"))),
    ]);
    expect(new Set(keys).size).to.equal(4);
    expect(keys[3]).to.equal(keys[4]);
  });

  it("recognizes a security group whatever rules it was opened with", async () => {
    const opened = (group: string, rule: string) => ({
      evidence: [],
      resources: [
        { type: "AWS::EC2::SecurityGroup", id: group },
        { type: "AWS::EC2::SecurityGroupRule", id: rule },
      ],
    });
    const [first, again, elsewhere] = await Promise.all(
      [opened("sg-1", "sgr-1"), opened("sg-1", "sgr-2"), opened("sg-2", "sgr-3")].map((match) =>
        keyOf(aFinding({ match })),
      ),
    );
    expect(again).to.equal(first);
    expect(elsewhere).not.to.equal(first);
  });

  it("forgets after a day, even if DynamoDB does not", async () => {
    const called = aMinuteLater - 60_000;
    const rounds = async (fixedAt: number) => {
      const Item = { fixes: { SS: [`${fixedAt - 1000}|${fixedAt}|some#finding`] } };
      return createRemediationLoops(fakeAws({ "dynamodb:GetItem": { Item } }).aws, options).roundsBefore(
        aFinding(),
      );
    };
    expect(await rounds(called - 3_600_000)).to.equal(1);
    expect(await rounds(called - 24 * 3_600_000)).to.equal(0);
  });

  it("knows none before the first", async () => {
    expect(
      await createRemediationLoops(fakeAws({ "dynamodb:GetItem": {} }).aws, options).roundsBefore(aFinding()),
    ).to.equal(0);
  });
});
