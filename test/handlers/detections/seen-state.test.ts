import { expect } from "chai";
import type { Ask } from "../../../handlers/detections/ask";
import { createSeenState, factOf } from "../../../handlers/detections/seen-state";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { account, call, otherAccount, refused } from "./support/cases";

const arn = `arn:aws:iam::${account}:policy/app`;
const policyAsk = (version?: string): Ask => ({
  kind: "managedPolicy",
  parameter: "requestParameters.policyArn",
  arn,
  ...(version === undefined ? {} : { version }),
});
const groupAsk: Ask = { kind: "groupPolicies", parameter: "requestParameters.groupName", group: "devs" };

let count = 0;
/** A record at a second of a minute, with its own event ID. */
function at(second: number, event: string, parameters: unknown, responseElements: unknown = null) {
  const eventID = `00000000-0000-4000-8000-${String(count++).padStart(12, "0")}`;
  const eventTime = `2025-03-04T09:15:${String(second).padStart(2, "0")}Z`;
  return call(event, parameters, { eventTime, eventID, responseElements });
}

const create = (second: number, policyDocument: string) =>
  at(second, "iam:CreatePolicy", { policyName: "app", policyDocument }, { policy: { arn } });
const version = (second: number, versionId: string, policyDocument: string, setAsDefault: boolean) =>
  at(
    second,
    "iam:CreatePolicyVersion",
    { policyArn: arn, policyDocument, setAsDefault },
    { policyVersion: { versionId } },
  );
const attach = (second: number) => at(second, "iam:AttachUserPolicy", { userName: "bob", policyArn: arn });

function answered(ask: Ask, by: CloudTrailRecord, ...records: CloudTrailRecord[]) {
  const seen = createSeenState();
  for (const fact of records.map(factOf)) if (fact !== undefined) seen.note(fact);
  return seen.answer(ask, by);
}

describe("what records say of a policy", () => {
  it("is its document since it was created", () => {
    expect(answered(policyAsk(), attach(2), create(1, "one"))).deep.equal({ value: "one" });
    expect(answered(policyAsk(), attach(1), create(1, "one"))).deep.equal({ value: "one" });
    expect(answered(policyAsk(), attach(1), create(2, "one"))).equal(undefined);
    expect(answered(policyAsk(), attach(1))).equal(undefined);
  });

  it("is known without AWS's answer, by the name and path in the request", () => {
    const parameters = { policyName: "app", policyDocument: "one" };
    expect(answered(policyAsk(), attach(2), at(1, "iam:CreatePolicy", parameters))).deep.equal({
      value: "one",
    });
    const ask = { ...policyAsk(), arn: `arn:aws:iam::${account}:policy/teams/app` } as Ask;
    const inPath = at(1, "iam:CreatePolicy", { ...parameters, path: "/teams/" });
    expect(answered(ask, attach(2), inPath)).deep.equal({ value: "one" });
    expect(answered(policyAsk(), attach(2), inPath)).equal(undefined);
  });

  it("is that of the default version at the time, in whatever order the records come", () => {
    const records = [
      create(1, "one"),
      version(2, "v2", "two", false),
      version(3, "v3", "three", true),
      at(4, "iam:SetDefaultPolicyVersion", { policyArn: arn, versionId: "v2" }),
    ];
    for (const order of [records, [...records].reverse()])
      expect([1, 2, 3, 4].map((second) => answered(policyAsk(), attach(second), ...order))).deep.equal([
        { value: "one" },
        { value: "one" },
        { value: "three" },
        { value: "two" },
      ]);
  });

  it("is that of a requested version", () => {
    const records = [create(1, "one"), version(2, "v2", "two", false)];
    expect(answered(policyAsk("v2"), attach(3), ...records)).deep.equal({ value: "two" });
    expect(answered(policyAsk("v4"), attach(3), ...records)).equal(undefined);
  });

  it("is nothing for a deleted one, and for another created under its name only that one's", () => {
    const deleted = at(2, "iam:DeletePolicy", { policyArn: arn });
    expect(answered(policyAsk(), attach(3), create(1, "one"), deleted)).equal(undefined);
    expect(answered(policyAsk(), attach(4), create(1, "one"), deleted, create(3, "new"))).deep.equal({
      value: "new",
    });
    expect(answered(policyAsk("v1"), attach(4), create(1, "one"), deleted, create(3, "new"))).deep.equal({
      value: "new",
    });
  });

  it("is nothing from calls that failed", () => {
    expect(answered(policyAsk(), attach(2), refused(create(1, "one")))).equal(undefined);
  });
});

describe("what records say of a group", () => {
  const add = at(30, "iam:AddUserToGroup", { groupName: "devs", userName: "bob" });
  const made = at(1, "iam:CreateGroup", { groupName: "devs" });
  const attached = (second: number, policyArn: string) =>
    at(second, "iam:AttachGroupPolicy", { groupName: "devs", policyArn });
  const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

  it("is all of its policies, if they show its creation", () => {
    const inline = at(3, "iam:PutGroupPolicy", {
      groupName: "devs",
      policyName: "__proto__",
      policyDocument: "inline",
    });
    expect(
      answered(groupAsk, add, made, attached(2, administrator), inline, create(1, "one"), attached(4, arn)),
    ).deep.equal({
      value: [{ arn: administrator }, { document: "inline" }, { arn, document: "one" }],
    });
    const detached = at(5, "iam:DetachGroupPolicy", { groupName: "devs", policyArn: administrator });
    expect(answered(groupAsk, add, made, attached(2, administrator), detached)).deep.equal({ value: [] });
  });

  it("is part of them otherwise", () => {
    expect(answered(groupAsk, add, attached(2, administrator))).deep.equal({
      value: [{ arn: administrator }],
      isPartial: true,
    });
    expect(answered(groupAsk, add, made, attached(2, arn))).deep.equal({ value: [{ arn }], isPartial: true });
    expect(answered(groupAsk, add)).equal(undefined);
  });

  it("is only of the group in the same account", () => {
    const elsewhere = { ...made, recipientAccountId: otherAccount };
    expect(answered(groupAsk, add, elsewhere)).equal(undefined);
  });
});

describe("what records say of a trail", () => {
  const trailAsk: Ask = { kind: "trail", parameter: "requestParameters.name", name: "main" };
  const update = (second: number, s3BucketName: string) =>
    at(second, "cloudtrail:UpdateTrail", { name: "main" }, { name: "main", s3BucketName });

  it("is how the previous call left it, not how this one leaves it", () => {
    const [first, second] = [update(1, "one"), update(2, "two")];
    expect(answered(trailAsk, second, second, first)).deep.equal({
      value: { name: "main", s3BucketName: "one" },
    });
    expect(answered(trailAsk, first, second, first)).equal(undefined);
  });
});
