import { expect } from "chai";
import type { Ask } from "../../../handlers/detections/ask";
import { createAsking } from "../../../handlers/detections/asking";
import { detections } from "../../../handlers/detections/index";
import { createSeenState } from "../../../handlers/detections/seen-state";
import { createAnswers, decideAll } from "../../../handlers/findings/answers";
import { account, call, emptyContext, otherAccount } from "../detections/support/cases";
import { type Answers, awsError, fakeAws } from "../../support/factories";

const arn = `arn:aws:iam::${account}:policy/app`;
const ask: Ask = { kind: "managedPolicy", parameter: "requestParameters.policyArn", arn };
const document = encodeURIComponent('{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}');
const attach = call("iam:AttachUserPolicy", { userName: "bob", policyArn: arn });
const live: Answers = {
  "iam:GetPolicy": { Policy: { DefaultVersionId: "v3" } },
  "iam:GetPolicyVersion": ({ VersionId }) => ({
    PolicyVersion: { Document: VersionId === "v3" ? document : "old" },
  }),
};

function answering(answers: Answers, seen = createSeenState(), trail: unknown = undefined) {
  const { aws, calls } = fakeAws(answers);
  return {
    answerTo: createAnswers({ aws, account, seen, trailBefore: async () => trail }),
    made: () => calls.map(({ operation, region }) => `${operation} ${region}`),
  };
}

describe("createAnswers", () => {
  it("reads the default version of a policy, or the requested one, once", async () => {
    const { answerTo, made } = answering(live);
    expect(await answerTo(ask, attach)).deep.equal({ value: document });
    expect(await answerTo(ask, attach)).deep.equal({ value: document });
    expect(made()).deep.equal(["GetPolicy us-east-1", "GetPolicyVersion us-east-1"]);
    expect(await answerTo({ ...ask, version: "v1" }, attach)).deep.equal({ value: "old" });
  });

  it("reads of a function's environment only what loads other code", async () => {
    const Variables = { LD_PRELOAD: "/opt/hook.so", PASSWORD: "secret" };
    const { answerTo, made } = answering({
      "lambda:GetFunctionConfiguration": { Environment: { Variables } },
    });
    const loaders: Ask = {
      kind: "functionLoaders",
      parameter: "requestParameters.environment",
      function: "f",
    };
    const update = { ...call("lambda:UpdateFunctionConfiguration", {}), awsRegion: "eu-west-1" };
    expect(await answerTo(loaders, update)).deep.equal({ value: { LD_PRELOAD: "/opt/hook.so" } });
    expect(made()).deep.equal(["GetFunctionConfiguration eu-west-1"]);
    const plain = answering({ "lambda:GetFunctionConfiguration": {} });
    expect(await plain.answerTo(loaders, update)).deep.equal({ value: {} });
  });

  it("calls IAM where the partition has it", async () => {
    const { answerTo, made } = answering(live);
    await answerTo(ask, { ...attach, awsRegion: "us-gov-east-1" });
    await answerTo({ ...ask, version: "v1" }, { ...attach, awsRegion: "cn-northwest-1" });
    expect(made()).deep.equal([
      "GetPolicy us-gov-west-1",
      "GetPolicyVersion us-gov-west-1",
      "GetPolicyVersion cn-north-1",
    ]);
  });

  it("reads all policies of a group", async () => {
    const { answerTo } = answering({
      ...live,
      "iam:ListAttachedGroupPolicies": {
        AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, { PolicyArn: arn }],
      },
      "iam:ListGroupPolicies": { PolicyNames: ["inline"] },
      "iam:GetGroupPolicy": { PolicyDocument: "mine" },
    });
    const group: Ask = { kind: "groupPolicies", parameter: "requestParameters.groupName", group: "devs" };
    expect(await answerTo(group, attach)).deep.equal({
      value: [{ arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, { arn, document }, { document: "mine" }],
    });
  });

  it("prefers what earlier records say, which is the state at the time", async () => {
    const seen = createSeenState();
    seen.note({
      about: `policy#${arn}`,
      at: Date.parse(attach.eventTime),
      event: "iam:CreatePolicy",
      eventID: "1",
      fields: { version: "v1", isDefault: true, document: "then" },
    });
    const { answerTo, made } = answering(live, seen);
    expect(await answerTo(ask, attach)).deep.equal({ value: "then" });
    expect(made()).deep.equal([]);
  });

  it("has a trail's baseline", async () => {
    const trail: Ask = { kind: "trail", parameter: "requestParameters.name", name: "main" };
    expect(await answering({}, undefined, { Name: "main" }).answerTo(trail, attach)).deep.equal({
      value: { Name: "main" },
    });
    expect(await answering({}).answerTo(trail, attach)).have.property("unknown");
  });

  it("says why something is unknown, and throws passing errors", async () => {
    const failing = (code: string) =>
      answering({
        "iam:GetPolicy": () => {
          throw awsError(code);
        },
      }).answerTo(ask, attach);
    for (const code of ["NoSuchEntityException", "AccessDenied"])
      expect(await failing(code))
        .have.property("unknown")
        .that.contains(code);
    await failing("ThrottlingException").then(
      () => expect.fail("expected it to throw"),
      (error: Error) => expect(error.name).equal("ThrottlingException"),
    );
    const elsewhere = { ...attach, recipientAccountId: otherAccount };
    expect(await answering(live).answerTo(ask, elsewhere))
      .have.property("unknown")
      .that.contains(otherAccount);
  });
});

describe("decideAll", () => {
  const asking = createAsking({ detections: {}, context: emptyContext }, detections);
  const decide = async (answers: Answers) => {
    const { answerTo } = answering(answers);
    const { decided, problems } = await decideAll(asking.askedAbout(attach), asking, answerTo);
    return {
      problems,
      found: decided.map(({ hit }) => [
        hit.detection.id,
        hit.severity,
        hit.match.couldNotInspect !== undefined,
      ]),
    };
  };

  it("finds by the answers", async () => {
    const { found } = await decide(live);
    expect(found).deep.equal([["iam-admin-policy-attached-user", "critical", false]]);
  });

  it("makes one hit of a record that cannot be decided, whoever asks", async () => {
    const { found } = await decide({
      "iam:GetPolicy": () => {
        throw awsError("NoSuchEntityException");
      },
    });
    expect(found).have.length(1);
    expect(found[0]?.slice(1)).deep.equal(["low", true]);
  });

  it("continues past what AWS cannot answer at the moment", async () => {
    const { found, problems } = await decide({
      "iam:GetPolicy": () => {
        throw awsError("ServiceUnavailable");
      },
    });
    expect(found).deep.equal([]);
    expect(problems).not.deep.equal([]);
  });
});
