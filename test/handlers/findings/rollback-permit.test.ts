import { expect } from "chai";
import { eventOfCall } from "../../../handlers/findings/calls-in-records";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Resource } from "../../../handlers/detections/detection";
import {
  attributesOfPermit,
  permitOf,
  permits,
  type RollbackPermit,
} from "../../../handlers/findings/rollback-permit";
import { account, aDetection, aFinding, aMinuteLater, aRecord } from "../../support/factories";

describe("the permit of a rollback", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const attach = {
    service: "iam",
    operation: "AttachUserPolicy",
    region: "us-east-1",
    input: { UserName: "bob", PolicyArn: admin },
  };
  const permit = (own: Partial<RollbackPermit> = {}): RollbackPermit => ({
    finding: "earlier#iam-admin-policy-attached-user",
    by: `arn:aws:iam::${account}:user/mallory`,
    why: "it was planned",
    account,
    resources: ["bob"],
    calls: [attach],
    ...own,
  });
  const found = (ids: string[], record: Partial<CloudTrailRecord> = {}, type = "AWS::IAM::User") =>
    aFinding(
      { match: { evidence: [], resources: ids.map((id): Resource => ({ type, id })) } },
      aRecord(record),
    );

  it("lets the receipt's own call pass, whatever detection finds it", () => {
    expect(permits(permit(), found(["bob"]))).to.equal(true);
    const another = { ...found(["bob"]), detection: aDetection({ id: "another" }) };
    expect(permits(permit(), another)).to.equal(true);
  });

  it("is for one principal, one account, one region, one event", () => {
    expect(permits(permit({ by: `arn:aws:iam::${account}:user/alice` }), found(["bob"]))).to.equal(false);
    expect(permits(permit({ account: "999988887777" }), found(["bob"]))).to.equal(false);
    expect(permits(permit(), found(["bob"], { awsRegion: "eu-west-1" }))).to.equal(false);
    expect(permits(permit(), found(["bob"], { eventName: "PutUserPolicy" }))).to.equal(false);
  });

  it("is for the resources of the fix and those of the receipt, and no others", () => {
    expect(permits(permit(), found(["eve"]))).to.equal(false);
    expect(permits(permit(), found(["bob", "eve"]))).to.equal(false);
    expect(permits(permit({ resources: [] }), found(["bob"])), "named by the call").to.equal(true);
  });

  it("recognizes a resource by its name and by its ARN", () => {
    const arn = `arn:aws:cloudtrail:us-east-1:${account}:trail/main`;
    const stop = (Name: string) =>
      permit({
        resources: [],
        calls: [{ service: "cloudtrail", operation: "StopLogging", region: "us-east-1", input: { Name } }],
      });
    const stopped = (name: string) =>
      found([name], {
        eventSource: "cloudtrail.amazonaws.com",
        eventName: "StopLogging",
        requestParameters: { name },
      });
    expect(permits(stop("main"), stopped(arn))).to.equal(true);
    expect(permits(stop(arn), stopped("main"))).to.equal(true);
    expect(permits(stop(arn), stopped("other"))).to.equal(false);
    expect(permits(stop(arn), stopped(`arn:aws:cloudtrail:us-east-1:999988887777:trail/main`))).to.equal(
      false,
    );
  });

  describe("of a call that creates something", () => {
    const IpRanges = [{ CidrIp: "0.0.0.0/0", Description: "ssh" }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges }];
    const input = { GroupId: "sg-1", IpPermissions };
    const authorize = permit({
      resources: ["sg-1", "sgr-old"],
      calls: [{ service: "ec2", operation: "AuthorizeSecurityGroupIngress", region: "us-east-1", input }],
    });
    const opened = (port: number, clientToken?: string) =>
      found(["sg-1", "sgr-new"], {
        eventSource: "ec2.amazonaws.com",
        eventName: "AuthorizeSecurityGroupIngress",
        requestParameters: {
          groupId: "sg-1",
          clientToken,
          ipPermissions: {
            items: [
              {
                ipProtocol: "tcp",
                fromPort: port,
                toPort: port,
                groups: {},
                ipRanges: { items: [{ cidrIp: "0.0.0.0/0", description: "ssh" }] },
              },
            ],
          },
        },
        responseElements: { securityGroupRuleSet: { items: [{ securityGroupRuleId: "sgr-new" }] } },
      });

    it("lets its new ID pass if it requested what the receipt says", () => {
      expect(permits(authorize, opened(22))).to.equal(true);
      expect(permits(authorize, opened(22, "made-up-by-the-sdk"))).to.equal(true);
    });

    it("does not if it requested more", () => {
      expect(permits(authorize, opened(3389))).to.equal(false);
    });
  });

  it("does not apply to a call that nobody can inspect", () => {
    const hidden = aFinding(
      { match: { evidence: [], resources: [], couldNotInspect: "requestParameters omitted" } },
      aRecord({ requestParameters: { omitted: true, reason: "requestParameters too large" } }),
    );
    expect(permits(permit(), hidden)).to.equal(false);
  });

  it("survives a hostile record", () => {
    let deep: unknown = "bob";
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    const hostile = { requestParameters: deep, responseElements: { toString: 1, valueOf: 1 } };
    expect(permits(permit(), found(["eve"], hostile))).to.equal(false);
  });

  it("names calls like CloudTrail", () => {
    const names = [
      ["s3", "PutBucketLifecycleConfiguration", "s3:PutBucketLifecycle"],
      ["s3", "DeletePublicAccessBlock", "s3:DeleteBucketPublicAccessBlock"],
      ["s3control", "PutPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
      ["cloudwatch", "DisableAlarmActions", "monitoring:DisableAlarmActions"],
      ["configservice", "StopConfigurationRecorder", "config:StopConfigurationRecorder"],
      ["iam", "AttachUserPolicy", "iam:AttachUserPolicy"],
    ] as const;
    for (const [service, operation, event] of names)
      expect(eventOfCall({ service, operation })).to.equal(event);
  });

  it("is kept in an item until it expires, and applies to nothing if its bounds are missing", () => {
    const item = attributesOfPermit(permit(), aMinuteLater / 1000);
    expect(permitOf(item, aMinuteLater - 1)).to.deep.equal(permit());
    expect(permitOf(item, aMinuteLater)).to.equal(undefined);
    const unbound = { ...item, bounds: {} };
    expect(permitOf(unbound, aMinuteLater - 1)).to.equal(undefined);
    expect(permitOf({}, aMinuteLater)).to.equal(undefined);
  });
});
