import { expect } from "chai";
import { isManagementEvent } from "../../../../local/recorder/event-kinds";
import { type Captured, essence, identify, recordFrom } from "../support";

const json = (service: string, target: string, body: object, answer: object = {}): Captured => ({
  signed: [service, "us-west-2"],
  request: `
    POST / HTTP/1.1
    Content-Type: application/x-amz-json-1.1
    X-Amz-Target: ${target}

    ${JSON.stringify(body)}`,
  response: `
    HTTP/1.1 200 OK
    x-amzn-requestid: r-1

    ${JSON.stringify(answer)}`,
});

describe("recording other services", () => {
  it("writes KMS, with the key among the resources", () => {
    const arn = "arn:aws:kms:us-west-2:111122223333:key/1234abcd";
    const record = recordFrom(
      json(
        "kms",
        "TrentService.ScheduleKeyDeletion",
        { KeyId: "1234abcd", PendingWindowInDays: 7 },
        { KeyId: arn, DeletionDate: 1796000000.5, KeyState: "PendingDeletion" },
      ),
    );
    expect(essence(record)).to.deep.equal({
      eventSource: "kms.amazonaws.com",
      eventName: "ScheduleKeyDeletion",
      awsRegion: "us-west-2",
      readOnly: false,
      requestParameters: { keyId: "1234abcd", pendingWindowInDays: 7 },
      responseElements: {
        keyId: arn,
        deletionDate: "Nov 30, 2026, 12:53:20 AM",
        keyState: "PendingDeletion",
      },
    });
    expect(record?.requestID).to.equal("r-1");
    expect(record?.resources).to.deep.equal([{ accountId: "111122223333", type: "AWS::KMS::Key", ARN: arn }]);
  });

  it("writes CloudTrail's own calls", () => {
    // botocore's prefix, and that of the SDK for JavaScript.
    for (const prefix of ["com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "CloudTrail_20131101"]) {
      const record = recordFrom(json("cloudtrail", `${prefix}.StopLogging`, { Name: "cloudtrailer" }));
      expect(essence(record)).to.deep.include({
        eventName: "StopLogging",
        requestParameters: { name: "cloudtrailer" },
        responseElements: null,
      });
    }
  });

  it("appends the API's date to Lambda's older names, and writes no environment and no code", () => {
    const lambda = (request: string, answer: object) =>
      recordFrom({
        signed: ["lambda", "us-west-2"],
        request,
        response: `
          HTTP/1.1 201 Created

          ${JSON.stringify(answer)}`,
      });
    const permission = lambda(
      `
      POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-west-2%3A111122223333%3Afunction%3Af/policy HTTP/1.1

      {"StatementId":"backdoor","Action":"lambda:InvokeFunction","Principal":"*"}`,
      { Statement: '{"Sid":"backdoor"}' },
    );
    expect(essence(permission)).to.deep.include({
      eventName: "AddPermission20150331v2",
      requestParameters: {
        functionName: "arn:aws:lambda:us-west-2:111122223333:function:f",
        statementId: "backdoor",
        action: "lambda:InvokeFunction",
        principal: "*",
      },
      responseElements: { statement: '{"Sid":"backdoor"}' },
    });
    const created = lambda(
      `
      POST /2015-03-31/functions HTTP/1.1

      {"FunctionName":"f","Role":"r","Code":{"ZipFile":"UEsDBA=="},"Environment":{"Variables":{"TOKEN":"hush"}}}`,
      { FunctionName: "f", Environment: { Variables: { TOKEN: "hush" } } },
    );
    expect(essence(created)).to.deep.include({
      eventName: "CreateFunction20150331",
      requestParameters: { functionName: "f", role: "r", code: {}, environment: {} },
      responseElements: { functionName: "f", environment: {} },
    });
    const url = lambda(
      `
      POST /2021-10-31/functions/f/url HTTP/1.1

      {"AuthType":"NONE"}`,
      { FunctionUrl: "https://x" },
    );
    expect(url?.eventName).to.equal("CreateFunctionUrlConfig");
  });

  it("writes the session that STS gives, and not its token", () => {
    const roleArn = "arn:aws:iam::111122223333:role/deploy";
    const record = recordFrom({
      signed: ["sts", "us-west-2"],
      request: `
        POST / HTTP/1.1
        Content-Type: application/x-www-form-urlencoded

        Action=AssumeRole&Version=2011-06-15&RoleArn=${roleArn}&RoleSessionName=s`,
      response: `
        HTTP/1.1 200 OK

        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>hush</SecretAccessKey><SessionToken>hush</SessionToken><Expiration>2026-11-23T14:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    });
    expect(essence(record)).to.deep.equal({
      eventSource: "sts.amazonaws.com",
      eventName: "AssumeRole",
      awsRegion: "us-west-2",
      readOnly: true,
      requestParameters: { roleArn, roleSessionName: "s" },
      responseElements: {
        credentials: {
          accessKeyId: "ASIA1",
          sessionToken: "HIDDEN_DUE_TO_SECURITY_REASONS",
          expiration: "Nov 23, 2026, 2:00:00 PM",
        },
      },
    });
  });

  it("writes maps with the keys that were sent", () => {
    const policy = '{"Statement":[]}';
    const body = { QueueUrl: "https://q", Attributes: { Policy: policy } };
    const record = recordFrom(json("sqs", "AmazonSQS.SetQueueAttributes", body));
    expect(record?.requestParameters).to.deep.equal({
      queueUrl: "https://q",
      attributes: { Policy: policy },
    });
  });

  it("writes RDS's answers without the name around them, and no password", () => {
    const record = recordFrom({
      signed: ["rds", "us-west-2"],
      request: `
        POST / HTTP/1.1
        Content-Type: application/x-www-form-urlencoded

        Action=CreateDBInstance&Version=2014-10-31&DBInstanceIdentifier=d&MasterUsername=a&MasterUserPassword=hush&AllocatedStorage=10`,
      response: `
        HTTP/1.1 200 OK

        <CreateDBInstanceResponse><CreateDBInstanceResult><DBInstance><DBInstanceIdentifier>d</DBInstanceIdentifier><AllocatedStorage>10</AllocatedStorage></DBInstance></CreateDBInstanceResult></CreateDBInstanceResponse>`,
    });
    expect(essence(record)).to.deep.include({
      requestParameters: {
        dBInstanceIdentifier: "d",
        masterUsername: "a",
        masterUserPassword: "HIDDEN_DUE_TO_SECURITY_REASONS",
        allocatedStorage: 10,
      },
      responseElements: { dBInstanceIdentifier: "d", allocatedStorage: 10 },
    });
  });

  it("reads CBOR", () => {
    // {"AlarmNames": ["a"]} with definite lengths, like the CLI's, and with breaks afterwards.
    const bodies = ["a16a416c61726d4e616d6573816161", "bf6a416c61726d4e616d65739f6161ffff"];
    for (const body of bodies) {
      const record = recordFrom({
        signed: ["monitoring", "us-west-2"],
        request: `
          POST /service/GraniteServiceVersion20100801/operation/DeleteAlarms HTTP/1.1
          smithy-protocol: rpc-v2-cbor`,
        requestBody: Buffer.from(body, "hex"),
        response: "HTTP/1.1 200 OK",
      });
      expect(essence(record)).to.deep.include({
        eventSource: "monitoring.amazonaws.com",
        eventName: "DeleteAlarms",
        requestParameters: { alarmNames: ["a"] },
      });
    }
  });

  it("writes one code for what IAM policies deny, whatever the service calls it", () => {
    const call = json("kms", "TrentService.DisableKey", { KeyId: "k" });
    const record = recordFrom({
      ...call,
      response: `
        HTTP/1.1 400 Bad Request

        {"__type":"com.amazonaws.kms#AccessDeniedException","Message":"no"}`,
    });
    expect(record).to.deep.include({
      errorCode: "AccessDenied",
      errorMessage: "no",
      requestParameters: null,
    });
  });

  it("omits parameters that are larger than CloudTrail's limit", () => {
    const record = recordFrom(
      json("kms", "TrentService.PutKeyPolicy", { KeyId: "k", Policy: "x".repeat(200_000) }),
    );
    expect(record?.requestParameters).to.deep.include({
      omitted: true,
      reason: "requestParameters too large",
    });
  });

  it("knows the calls that are not management events", () => {
    const data = [
      "dynamodb DynamoDB_20120810.PutItem",
      "sqs AmazonSQS.SendMessage",
      "logs Logs_20140328.PutLogEvents",
    ];
    const management = [
      "dynamodb DynamoDB_20120810.CreateTable",
      "sqs AmazonSQS.GetQueueUrl",
      "logs Logs_20140328.DeleteLogGroup",
    ];
    const kinds = (calls: string[]) =>
      calls.map((each) => {
        const [service = "", target = ""] = each.split(" ");
        const call = identify(json(service, target, {}));
        return call && isManagementEvent(call);
      });
    expect(kinds(data)).to.deep.equal([false, false, false]);
    expect(kinds(management)).to.deep.equal([true, true, true]);
  });

  it("knows no call if there is none", () => {
    expect(identify(json("kms", "TrentService.constructor", {}))).to.equal(undefined);
    expect(identify(json("nothing", "Nothing.DoIt", {}))).to.equal(undefined);
  });
});
