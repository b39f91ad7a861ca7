import { expect } from "chai";
import { isManagementEvent } from "../../../local/recorder/event-kinds";
import { account, essence, identify, recordFrom } from "./support";

const s3 = (request: string, response = "HTTP/1.1 200 OK\nx-amz-request-id: 97D5") =>
  recordFrom({ signed: ["s3", "eu-central-1"], request, response });

const blocks = `<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls></PublicAccessBlockConfiguration>`;

describe("recording S3", () => {
  it("writes a bucket's public access block in S3's own form", () => {
    const record = s3(`
      PUT /photos?publicAccessBlock HTTP/1.1
      x-amz-checksum-crc32: myzofw==
      x-amz-sdk-checksum-algorithm: CRC32

      ${blocks}`);
    expect(essence(record)).to.deep.equal({
      eventSource: "s3.amazonaws.com",
      eventName: "PutBucketPublicAccessBlock",
      awsRegion: "eu-central-1",
      readOnly: false,
      requestParameters: {
        bucketName: "photos",
        Host: "127.0.0.1:4566",
        publicAccessBlock: "",
        PublicAccessBlockConfiguration: {
          xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
          BlockPublicAcls: true,
          IgnorePublicAcls: false,
        },
      },
      responseElements: null,
    });
    expect(record).to.deep.include({
      requestID: "97D5",
      userAgent: "[aws-cli/1.45.11]",
      resources: [{ accountId: account, type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::photos" }],
    });
  });

  it("finds the bucket in the host", () => {
    for (const host of ["photos.s3.eu-central-1.amazonaws.com", "photos.localhost:4566"]) {
      const record = s3(`
        DELETE /?publicAccessBlock HTTP/1.1
        Host: ${host}`);
      expect(record?.eventName).to.equal("DeleteBucketPublicAccessBlock");
      expect(record?.requestParameters).to.deep.equal({
        bucketName: "photos",
        Host: host,
        publicAccessBlock: "",
      });
    }
  });

  it("writes a bucket policy as an object", () => {
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*" }],
    };
    const record = s3(`
      PUT /photos?policy HTTP/1.1

      ${JSON.stringify(policy)}`);
    expect(record?.eventName).to.equal("PutBucketPolicy");
    expect(record?.requestParameters).to.deep.include({ bucketPolicy: policy, policy: "" });
  });

  it("writes several elements of a name as a list, and one as itself", () => {
    const rules = (count: number) =>
      "<Rule><ID>a</ID><Expiration><Days>1</Days></Expiration></Rule>".repeat(count);
    const rule = { ID: "a", Expiration: { Days: 1 } };
    for (const [count, expected] of [
      [1, rule],
      [2, [rule, rule]],
    ] as const) {
      const record = s3(`
        PUT /photos?lifecycle HTTP/1.1

        <LifecycleConfiguration>${rules(count)}</LifecycleConfiguration>`);
      expect(record?.eventName).to.equal("PutBucketLifecycle");
      expect(record?.requestParameters).to.deep.include({ LifecycleConfiguration: { Rule: expected } });
    }
  });

  it("writes a canned access list by its header", () => {
    const record = s3(`
      PUT /photos?acl HTTP/1.1
      x-amz-acl: public-read`);
    expect(record?.requestParameters).to.deep.include({ acl: "", "x-amz-acl": "public-read" });
  });

  it("keeps the parameters of a refused call", () => {
    const record = s3(
      `
      DELETE /photos HTTP/1.1`,
      `
      HTTP/1.1 403 Forbidden

      <Error><Code>AccessDenied</Code><Message>no</Message></Error>`,
    );
    expect(record).to.deep.include({
      eventName: "DeleteBucket",
      errorCode: "AccessDenied",
      errorMessage: "no",
    });
    expect(record?.requestParameters).to.deep.include({ bucketName: "photos" });
  });

  it("distinguishes calls on objects, which are not management events", () => {
    const calls: [request: string, operation: string, isManagement: boolean][] = [
      ["GET / HTTP/1.1", "ListBuckets", true],
      ["HEAD /photos HTTP/1.1", "HeadBucket", true],
      ["PUT /photos HTTP/1.1", "CreateBucket", true],
      ["GET /photos?acl HTTP/1.1", "GetBucketAcl", true],
      ["GET /photos?list-type=2&prefix=a HTTP/1.1", "ListObjectsV2", false],
      ["GET /photos?versions HTTP/1.1", "ListObjectVersions", false],
      ["POST /photos?delete HTTP/1.1", "DeleteObjects", false],
      ["PUT /photos/a/b%20c HTTP/1.1", "PutObject", false],
      ["PUT /photos/a?acl HTTP/1.1", "PutObjectAcl", false],
      ["POST /photos/a?uploads HTTP/1.1", "CreateMultipartUpload", false],
      ["PUT /photos/a?partNumber=1&uploadId=u HTTP/1.1", "UploadPart", false],
    ];
    for (const [request, operation, isManagement] of calls) {
      const call = identify({ signed: ["s3", "us-west-2"], request, response: "HTTP/1.1 200 OK" });
      expect(call?.operation.name, request).to.equal(operation);
      expect(call && isManagementEvent(call), request).to.equal(isManagement);
    }
  });

  it("distinguishes the account's public access block from a bucket's", () => {
    const record = s3(`
      PUT /v20180820/configuration/publicAccessBlock HTTP/1.1
      x-amz-account-id: ${account}

      ${blocks}`);
    expect(essence(record)).to.deep.include({
      eventSource: "s3.amazonaws.com",
      eventName: "PutAccountPublicAccessBlock",
    });
    expect(record?.requestParameters).to.have.nested.property(
      "PublicAccessBlockConfiguration.BlockPublicAcls",
      true,
    );
  });
});
