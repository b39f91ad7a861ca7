import { expect } from "chai";
import { accountOf, eventOf, succeeded, wasRefused } from "../../../handlers/cloudtrail/record";
import { account, call, otherAccount, user } from "../detections/support/cases";

const login = (answer: unknown, more: object = {}) =>
  call("signin:ConsoleLogin", null, { responseElements: answer, ...more });

describe("succeeded", () => {
  it("is so if there is neither a code nor a message", () => {
    expect(succeeded(call("iam:ListUsers", null))).equal(true);
    expect(succeeded(call("iam:ListUsers", null, { errorCode: "", errorMessage: "" }))).equal(true);
    expect(succeeded(call("iam:ListUsers", null, { errorCode: "AccessDenied" }))).equal(false);
    expect(succeeded(call("iam:ListUsers", null, { errorMessage: "Failed" }))).equal(false);
  });

  it("is what the sign-in service answers", () => {
    expect(succeeded(login({ ConsoleLogin: "Success" }))).equal(true);
    expect(succeeded(login({ ConsoleLogin: "Failure" }))).equal(false);
    expect(succeeded(login(null))).equal(false);
    expect(succeeded(login({ ConsoleLogin: "Success" }, { errorMessage: "Failed authentication" }))).equal(
      false,
    );
    expect(
      succeeded(call("signin:PasswordUpdated", null, { responseElements: { PasswordUpdated: "Failure" } })),
    ).equal(false);
    expect(succeeded(call("signin:EmailUpdated", null))).equal(true);
  });
});

describe("wasRefused", () => {
  for (const code of [
    "AccessDenied",
    "AccessDeniedException",
    "Client.UnauthorizedOperation",
    "UnauthorizedOperation",
    "VpceAccessDenied",
  ])
    it(`is so for ${code}`, () => {
      expect(wasRefused(call("iam:ListUsers", null, { errorCode: code }))).equal(true);
    });

  for (const code of [
    undefined,
    "",
    "ThrottlingException",
    "NoSuchEntityException",
    "Client.InvalidParameterValue",
    "Client.DryRunOperation",
  ])
    it(`is not so for ${code}`, () => {
      expect(wasRefused(call("iam:ListUsers", null, { errorCode: code }))).equal(false);
    });
});

describe("accountOf", () => {
  it("is the recipient's, or the caller's, or nobody's", () => {
    const record = call("iam:ListUsers", null, { userIdentity: { ...user("a"), accountId: otherAccount } });
    expect(accountOf(record)).equal(account);
    expect(accountOf({ ...record, recipientAccountId: undefined })).equal(otherAccount);
    expect(accountOf({ ...record, recipientAccountId: undefined, userIdentity: undefined })).equal("");
  });
});

describe("eventOf", () => {
  for (const [source, name, event] of [
    ["iam.amazonaws.com", "CreateUser", "iam:CreateUser"],
    ["lambda.amazonaws.com", "AddPermission20150331v2", "lambda:AddPermission"],
    ["lambda.amazonaws.com", "CreateFunction20150331", "lambda:CreateFunction"],
    ["cloudfront.amazonaws.com", "CreateDistribution2020_05_31", "cloudfront:CreateDistribution"],
    ["s3.amazonaws.com", "ListObjectsV2", "s3:ListObjectsV2"],
    ["monitoring.amazonaws.com", "DeleteAlarms", "monitoring:DeleteAlarms"],
  ] as const)
    it(`is ${event} for ${name} of ${source}`, () => {
      expect(eventOf(call("x:Y", null, { eventSource: source, eventName: name }))).equal(event);
    });
});
