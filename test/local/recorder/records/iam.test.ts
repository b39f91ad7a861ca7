import { expect } from "chai";
import { account, bob, essence, recordFrom } from "../support";

function iam(form: string, response: string) {
  return recordFrom({
    signed: ["iam", "us-west-2"],
    request: `
      POST / HTTP/1.1
      Content-Type: application/x-www-form-urlencoded; charset=utf-8

      ${form}&Version=2010-05-08`,
    response,
  });
}

const done = (action: string, result = "") => `
  HTTP/1.1 200 OK
  Content-Type: text/xml
  x-amzn-requestid: 11111111-header

  <?xml version="1.0" encoding="UTF-8"?><${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result}<ResponseMetadata><RequestId>49e60341-0f34-453d-b06e-a6c5d5618f6f</RequestId></ResponseMetadata></${action}Response>`;

describe("recording IAM", () => {
  it("writes every field of a call as CloudTrail does", () => {
    const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const record = iam(
      `Action=AttachUserPolicy&UserName=mallory&PolicyArn=${encodeURIComponent(policyArn)}`,
      done("AttachUserPolicy"),
    );
    const { eventID, ...rest } = record ?? { eventID: "" };
    expect(eventID).to.match(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
    expect(rest).to.deep.equal({
      eventVersion: "1.11",
      userIdentity: bob,
      eventTime: "2026-11-23T13:33:28Z",
      eventSource: "iam.amazonaws.com",
      eventName: "AttachUserPolicy",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      userAgent: "aws-cli/1.45.11",
      requestParameters: { userName: "mallory", policyArn },
      responseElements: null,
      requestID: "49e60341-0f34-453d-b06e-a6c5d5618f6f",
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: "Management",
    });
  });

  it("omits the secret of a new access key", () => {
    const record = iam(
      "Action=CreateAccessKey&UserName=mallory",
      done(
        "CreateAccessKey",
        "<CreateAccessKeyResult><AccessKey><UserName>mallory</UserName><AccessKeyId>AKIAEXAMPLE</AccessKeyId><SecretAccessKey>hush</SecretAccessKey><Status>Active</Status><CreateDate>2024-08-01T13:33:28Z</CreateDate></AccessKey></CreateAccessKeyResult>",
      ),
    );
    expect(record?.responseElements).to.deep.equal({
      accessKey: {
        userName: "mallory",
        accessKeyId: "AKIAEXAMPLE",
        status: "Active",
        createDate: "Aug 1, 2024 1:33:28 PM",
      },
    });
  });

  it("leaves a password out", () => {
    const record = iam(
      "Action=CreateLoginProfile&UserName=mallory&Password=hush&PasswordResetRequired=true",
      done("CreateLoginProfile"),
    );
    expect(record?.requestParameters).to.deep.equal({ userName: "mallory", passwordResetRequired: true });
  });

  it("keeps a policy as the text that was sent, and lists as arrays", () => {
    const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    const put = iam(
      `Action=PutUserPolicy&UserName=bob&PolicyName=p&PolicyDocument=${encodeURIComponent(document)}`,
      done("PutUserPolicy"),
    );
    expect(put?.requestParameters).to.deep.equal({
      userName: "bob",
      policyName: "p",
      policyDocument: document,
    });
    const tagged = iam(
      "Action=TagUser&UserName=bob&Tags.member.2.Key=b&Tags.member.2.Value=2&Tags.member.1.Key=a&Tags.member.1.Value=1",
      done("TagUser"),
    );
    expect(tagged?.requestParameters).to.deep.equal({
      userName: "bob",
      tags: [
        { key: "a", value: "1" },
        { key: "b", value: "2" },
      ],
    });
  });

  it("writes no answer of a read call, and no parameters if there are none", () => {
    const record = iam(
      "Action=GetUser",
      done("GetUser", "<GetUserResult><User><UserName>bob</UserName></User></GetUserResult>"),
    );
    expect(essence(record)).to.deep.include({
      requestParameters: null,
      responseElements: null,
      readOnly: true,
    });
  });

  it("names errors by their shapes", () => {
    const record = iam(
      "Action=GetUser&UserName=nobody",
      `
      HTTP/1.1 404 Not Found
      Content-Type: text/xml

      <ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name nobody cannot be found.</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    );
    expect(record).to.deep.include({
      errorCode: "NoSuchEntityException",
      errorMessage: "The user with name nobody cannot be found.",
      requestParameters: { userName: "nobody" },
    });
  });

  it("writes a denied call without its parameters", () => {
    const record = iam(
      "Action=CreateUser&UserName=mallory",
      `
      HTTP/1.1 403 Forbidden

      <ErrorResponse><Error><Code>AccessDenied</Code><Message>User: x is not authorized</Message></Error></ErrorResponse>`,
    );
    expect(record).to.deep.include({
      errorCode: "AccessDenied",
      requestParameters: null,
      responseElements: null,
    });
  });

  it("writes no record of a call by an unknown caller", () => {
    for (const code of ["SignatureDoesNotMatch", "InvalidClientTokenId"]) {
      const record = iam(
        "Action=CreateUser&UserName=mallory",
        `
        HTTP/1.1 403 Forbidden

        <ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
      );
      expect(record, code).to.equal(undefined);
    }
  });
});
