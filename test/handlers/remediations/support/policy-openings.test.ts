import { expect } from "chai";
import fc from "fast-check";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../../../../handlers/detections/readers/policy";
import { withoutOpenings } from "../../../../handlers/remediations/support/policy-openings";
import { account, otherAccount } from "../../detections/support/cases";
import { context, documents } from "../../detections/support/policies";

const openings = (document: unknown) => openingsOf(statementsOf(document), context);
const closed = (document: unknown, before?: unknown) =>
  withoutOpenings(document, document, evidenceOfOpenings(openings(document), "policy"), before);

const statement = (fields: object) => ({
  Sid: "s",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "*",
  ...fields,
});
const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const left = (document: unknown, before?: unknown) => {
  const { policy: text } = closed(document, before);
  return text === undefined ? undefined : (JSON.parse(text) as { Statement: object[] }).Statement;
};

describe("withoutOpenings", () => {
  it("takes only the foreign value of a condition, and keeps the account's own", () => {
    for (const [operator, key, own, foreign] of [
      ["StringEquals", "aws:PrincipalAccount", account, otherAccount],
      ["StringLike", "aws:SourceAccount", account, otherAccount],
      ["ArnLike", "aws:SourceArn", `arn:aws:sns:*:${account}:*`, `arn:aws:sns:*:${otherAccount}:*`],
      ["StringEquals", "aws:PrincipalOrgID", "o-own1234567", "o-other12345"],
      ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-own1234567/*", "o-other12345/*"],
    ] as const)
      expect(
        left(policy(statement({ Condition: { [operator]: { [key]: [own, foreign] } } }))),
        key,
      ).deep.equal([statement({ Condition: { [operator]: { [key]: [own] } } })]);
  });

  it("takes a statement whose condition names nobody else, and never the condition alone", () => {
    const Condition = { StringEquals: { "aws:SourceAccount": otherAccount } };
    expect(left(policy(statement({ Condition }), statement({ Principal: { AWS: account } })))).deep.equal([
      statement({ Principal: { AWS: account } }),
    ]);
    expect(closed(policy(statement({ Condition }))).policy).equal(undefined);
  });

  it("takes the account from all conditions that name it", () => {
    const of = (...accounts: string[]) => ({
      StringEquals: { "aws:SourceAccount": accounts },
      ArnLike: { "aws:SourceArn": accounts.map((one) => `arn:aws:sns:*:${one}:*`) },
    });
    expect(left(policy(statement({ Condition: of(account, otherAccount) })))).deep.equal([
      statement({ Condition: of(account) }),
    ]);
  });

  it("takes services and identity providers as it takes accounts", () => {
    const Condition = { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } };
    const both = { Service: "sns.amazonaws.com", AWS: account };
    expect(left(policy(statement({ Principal: both, Condition })))).deep.equal([
      statement({ Principal: { AWS: account }, Condition }),
    ]);
  });

  it("widens a denial that excepts the stranger, and leaves it whole when it excepts nobody else", () => {
    const denial = (...accounts: string[]) => ({
      ...statement({ Sid: "d", Condition: { StringNotEquals: { "aws:PrincipalAccount": accounts } } }),
      Effect: "Deny",
    });
    expect(left(policy(statement({}), denial(account, otherAccount)))).deep.equal([
      statement({}),
      denial(account),
    ]);
    const alone = closed(policy(statement({}), denial(otherAccount)));
    expect(alone.unclosable).deep.equal(["d"]);
    expect(alone.closed).deep.equal([]);
  });

  it("leaves what the policy before let in", () => {
    const of = (...accounts: string[]) =>
      policy(statement({ Condition: { StringEquals: { "aws:PrincipalAccount": accounts } } }));
    expect(closed(of(account, otherAccount), of(otherAccount)).asBefore).equal(true);
    expect(left(of(account, otherAccount), of(account))).deep.equal(of(account).Statement);
  });

  it("closes what it found, opens nothing, and changes no other statement", () =>
    fc.assert(
      fc.property(documents, (document) => {
        const before = openings(document);
        const { policy: text, closed: names, unclosable } = closed(document);
        if (before.length === 0) {
          expect(names).deep.equal([]);
          return;
        }
        const after = text === undefined ? [] : openings(text);
        const whom = (list: typeof before) => [...new Set(list.map(({ to }) => to))];
        if (unclosable.length === 0) expect(whom(after)).deep.equal([]);
        else expect(whom(before)).include.members(whom(after));
        const offending = before.map((one) => one.statement.index);
        const rest = document.Statement.filter((_, index) => !offending.includes(index));
        const statements = text === undefined ? [] : (JSON.parse(text) as typeof document).Statement;
        expect(statements).deep.include.members(rest);
      }),
      { numRuns: 2000 },
    ));
});
