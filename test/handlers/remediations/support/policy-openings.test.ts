import { expect } from "chai";
import fc from "fast-check";
import {
  evidenceOfOpenings,
  type Opening,
  openingsOf,
  statementsOf,
} from "../../../../handlers/detections/readers/policy";
import { withoutOpenings } from "../../../../handlers/remediations/support/policy-openings";
import { account, otherAccount } from "../../detections/support/cases";
import { context, type Document, largeDocuments } from "../../detections/support/policies";

const openings = (document: unknown) => openingsOf(statementsOf(document), context);
const closed = (document: unknown, before?: unknown) =>
  withoutOpenings({
    live: document,
    written: document,
    evidence: evidenceOfOpenings(openings(document), "policy"),
    before,
    read: openings,
  });

const whom = (list: Opening[]) => [...new Set(list.map(({ to }) => to))];

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

  it("takes the stranger whom a denial excepts as NotPrincipal", () => {
    const denial = (...accounts: string[]) => {
      const NotPrincipal = { AWS: accounts.length === 1 ? accounts[0] : accounts };
      return { Sid: "d", Effect: "Deny", NotPrincipal, Action: "s3:GetObject", Resource: "*" };
    };
    const allowing = { ...statement({}), Resource: "*" };
    expect(whom(openings(policy(allowing, denial(account, otherAccount))))).deep.equal([otherAccount]);
    expect(left(policy(allowing, denial(account, otherAccount)))).deep.equal([allowing, denial(account)]);
    expect(closed(policy(allowing, denial(otherAccount))).unclosable).deep.equal(["d"]);
    const both = policy(allowing, denial(account, otherAccount));
    expect(closed(both, policy(denial(account, otherAccount))).closed).deep.equal(["s"]);
  });

  it("takes the exception of a denial, too, where another value lets in the same", () => {
    const denial = (...accounts: string[]) => ({
      ...statement({ Sid: "d", Condition: { StringNotEquals: { "aws:PrincipalAccount": accounts } } }),
      Effect: "Deny",
    });
    const allowing = (...accounts: string[]) =>
      statement({ Condition: { StringLike: { "aws:PrincipalAccount": accounts } } });
    expect(left(policy(allowing(otherAccount, "*"), denial(account, otherAccount)))).deep.equal([
      allowing("*"),
      denial(account),
    ]);
    // Nobody is left whom it could except.
    expect(closed(policy(allowing(otherAccount, "*"), denial(otherAccount))).unclosable).deep.equal(["d"]);
    expect(left(policy(allowing(otherAccount, account), denial(account, otherAccount)))).deep.equal([
      allowing(account),
      denial(account, otherAccount),
    ]);
  });

  it("takes by name, too, whom it found as one of everyone", () => {
    const Condition = { StringEqualsIfExists: { "aws:SourceAccount": [otherAccount, account] } };
    const both = statement({ Principal: { AWS: "*", Service: "sns.amazonaws.com" }, Condition });
    expect(left(policy(both))).deep.equal([
      statement({
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { StringEqualsIfExists: { "aws:SourceAccount": [account] } },
      }),
    ]);
  });

  it("takes what a policy before did not let in, since it denied it or allowed nothing", () => {
    const denial = (Condition: object) => ({ ...statement({ Sid: "d", Condition }), Effect: "Deny" });
    const excepting = denial({ StringNotEquals: { "aws:PrincipalAccount": [account, otherAccount] } });
    const own = statement({ Sid: "own", Principal: { AWS: account } });
    expect(left(policy(own, statement({}), excepting), policy(own, excepting))).deep.equal([own, excepting]);
    expect(left(policy(own, statement({})), policy(own, statement({}), denial({})))).deep.equal([own]);
    expect(closed(policy(statement({}), excepting), policy(excepting, statement({}))).asBefore).equal(true);
  });

  it("closes what it found, opens nothing, and changes no other statement", () =>
    fc.assert(
      fc.property(largeDocuments, (document) => {
        const before = openings(document);
        const { policy: text, closed: names, unclosable } = closed(document);
        if (before.length === 0) {
          expect(names).deep.equal([]);
          return;
        }
        const after = text === undefined ? [] : openings(text);
        if (unclosable.length === 0) expect(whom(after)).deep.equal([]);
        else if (!whom(before).includes("everyone")) expect(whom(before)).include.members(whom(after));
        // A denial may lose an exception that is none of the openings, and never goes.
        const offending = before.map((one) => one.statement.index);
        const [allowed, denied] = ["Allow", "Deny"].map((effect) =>
          document.Statement.filter(({ Effect }) => Effect === effect),
        ) as [Document["Statement"], Document["Statement"]];
        const rest = allowed.filter((one) => !offending.includes(document.Statement.indexOf(one)));
        const statements = text === undefined ? [] : (JSON.parse(text) as typeof document).Statement;
        expect(statements.filter(({ Effect }) => Effect === "Deny")).to.have.length(denied.length);
        expect(statements).deep.include.members(rest);
      }),
      { numRuns: 2000 },
    ));

  it("leaves in whom the policy before let in, and nobody else", () => {
    const policies = fc.tuple(largeDocuments, largeDocuments, fc.nat(2)).map(([written, other, changes]) => ({
      written,
      before: {
        ...other,
        Statement: [
          ...written.Statement.slice(changes === 0 ? 1 : 0, changes === 1 ? 1 : undefined),
          ...(changes === 2 ? [] : other.Statement),
        ],
      },
    }));
    fc.assert(
      fc.property(policies, ({ written, before }) => {
        const { policy: text, unclosable, asBefore } = closed(written, before);
        if (unclosable.length > 0) return;
        // A service that is let in for whomever it calls is none of the openings, and may be one of the policy before.
        const known = whom(openingsOf(statementsOf(before), context, { anyService: true }));
        if (known.includes("everyone")) return;
        const after = asBefore ? openings(written) : text === undefined ? [] : openings(text);
        expect(known).include.members(whom(after));
      }),
      { numRuns: 2000 },
    );
  });
});
