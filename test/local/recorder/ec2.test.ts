import { expect } from "chai";
import { essence, recordFrom } from "./support";

function ec2(form: string, response: string) {
  return recordFrom({
    signed: ["ec2", "us-west-2"],
    request: `
      POST / HTTP/1.1
      Content-Type: application/x-www-form-urlencoded; charset=utf-8

      ${form}&Version=2016-11-15`,
    response,
  });
}

const answer = (action: string, content: string) => `
  HTTP/1.1 200 OK
  Content-Type: text/xml;charset=UTF-8

  <?xml version="1.0" encoding="UTF-8"?>
  <${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>4be85cac</requestId>${content}</${action}Response>`;

const rule =
  "<item><securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>sg-1</groupId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><cidrIpv4>0.0.0.0/0</cidrIpv4></item>";

const opened = answer(
  "AuthorizeSecurityGroupIngress",
  `<return>true</return><securityGroupRuleSet>${rule}</securityGroupRuleSet>`,
);

describe("recording EC2", () => {
  it("writes the flat form of a security group rule, with the ids of the rules added", () => {
    const record = ec2(
      "Action=AuthorizeSecurityGroupIngress&GroupId=sg-1&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=0.0.0.0%2F0",
      opened,
    );
    expect(essence(record)).to.deep.equal({
      eventSource: "ec2.amazonaws.com",
      eventName: "AuthorizeSecurityGroupIngress",
      awsRegion: "us-west-2",
      readOnly: false,
      requestParameters: {
        groupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIp: "0.0.0.0/0",
        ipPermissions: {},
      },
      responseElements: {
        requestId: "4be85cac",
        _return: true,
        securityGroupRuleSet: {
          items: [
            {
              securityGroupRuleId: "sgr-1",
              groupId: "sg-1",
              isEgress: false,
              ipProtocol: "tcp",
              fromPort: 22,
              toPort: 22,
              cidrIpv4: "0.0.0.0/0",
            },
          ],
        },
      },
    });
  });

  it("writes the nested form, with the lists that are empty", () => {
    const record = ec2(
      "Action=AuthorizeSecurityGroupIngress&GroupId=sg-1&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8" +
        "&IpPermissions.1.IpRanges.2.CidrIp=0.0.0.0%2F0&IpPermissions.1.IpRanges.2.Description=all&IpPermissions.2.IpProtocol=tcp" +
        "&IpPermissions.2.FromPort=22&IpPermissions.2.ToPort=22&IpPermissions.2.Ipv6Ranges.1.CidrIpv6=%3A%3A%2F0",
      opened,
    );
    expect(record?.requestParameters).to.deep.equal({
      groupId: "sg-1",
      ipPermissions: {
        items: [
          {
            ipProtocol: "-1",
            groups: {},
            ipRanges: { items: [{ cidrIp: "10.0.0.0/8" }, { cidrIp: "0.0.0.0/0", description: "all" }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
          {
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: {},
            ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] },
            prefixListIds: {},
          },
        ],
      },
    });
  });

  it("writes newer actions undecoded, with the numbers of list items", () => {
    const record = ec2(
      "Action=DeleteFlowLogs&FlowLogId.1=fl-1&FlowLogId.2=fl-2",
      answer("DeleteFlowLogs", "<unsuccessful/>"),
    );
    expect(record?.requestParameters).to.deep.equal({
      DeleteFlowLogsRequest: {
        FlowLogId: [
          { content: "fl-1", tag: 1 },
          { content: "fl-2", tag: 2 },
        ],
      },
    });
    expect(record?.responseElements).to.deep.equal({
      DeleteFlowLogsResponse: {
        xmlns: "http://ec2.amazonaws.com/doc/2016-11-15/",
        requestId: "4be85cac",
        unsuccessful: "",
      },
    });
    const enabled = ec2(
      "Action=EnableSerialConsoleAccess",
      answer("EnableSerialConsoleAccess", "<serialConsoleAccessEnabled>true</serialConsoleAccessEnabled>"),
    );
    expect(enabled?.requestParameters).to.deep.equal({ EnableSerialConsoleAccessRequest: "" });
  });

  it("writes both forms of a snapshot's sharing alike", () => {
    const done = answer("ModifySnapshotAttribute", "<return>true</return>");
    const forms = [
      "OperationType=add&Attribute=createVolumePermission&UserId.1=444455556666",
      "CreateVolumePermission.Add.1.UserId=444455556666",
    ];
    for (const form of forms) {
      const record = ec2(`Action=ModifySnapshotAttribute&SnapshotId=snap-1&${form}`, done);
      expect(record?.requestParameters).to.deep.equal({
        snapshotId: "snap-1",
        createVolumePermission: { add: { items: [{ userId: "444455556666" }] } },
        attributeType: "CREATE_VOLUME_PERMISSION",
      });
      expect(record?.responseElements).to.deep.equal({ requestId: "4be85cac", _return: true });
    }
  });

  it("writes an image's sharing", () => {
    const record = ec2(
      "Action=ModifyImageAttribute&ImageId=ami-1&LaunchPermission.Add.1.Group=all",
      answer("ModifyImageAttribute", "<return>true</return>"),
    );
    expect(record?.requestParameters).to.deep.equal({
      imageId: "ami-1",
      launchPermission: { add: { items: [{ group: "all" }] } },
      attributeType: "launchPermission",
    });
  });

  it("does not write user data", () => {
    const record = ec2(
      "Action=RunInstances&ImageId=ami-1&MinCount=1&MaxCount=2&UserData=aHVzaA%3D%3D&TagSpecification.1.ResourceType=instance&TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=b",
      answer("RunInstances", "<instancesSet/>"),
    );
    expect(record?.requestParameters).to.deep.equal({
      instancesSet: { items: [{ imageId: "ami-1", minCount: 1, maxCount: 2 }] },
      blockDeviceMapping: {},
      userData: "<sensitiveDataRemoved>",
      tagSpecificationSet: { items: [{ resourceType: "instance", tags: [{ key: "a", value: "b" }] }] },
    });
  });

  it("names the lists of a describe call, empty or not", () => {
    const record = ec2(
      "Action=DescribeVpcs&VpcId.1=vpc-1&Filter.1.Name=state&Filter.1.Value.1=available",
      answer("DescribeVpcs", "<vpcSet/>"),
    );
    expect(record).to.deep.include({ readOnly: true, responseElements: null });
    expect(record?.requestParameters).to.deep.equal({
      vpcSet: { items: [{ vpcId: "vpc-1" }] },
      filterSet: { items: [{ name: "state", valueSet: { items: [{ value: "available" }] } }] },
    });
  });

  it("prefixes an error's code with the side at fault, and keeps the parameters", () => {
    const record = ec2(
      "Action=DeleteSnapshot&SnapshotId=snap-1",
      `
      HTTP/1.1 403 Forbidden

      <Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized</Message></Error></Errors><RequestID>r-1</RequestID></Response>`,
    );
    expect(record).to.deep.include({
      errorCode: "Client.UnauthorizedOperation",
      errorMessage: "You are not authorized",
      requestID: "r-1",
      requestParameters: { snapshotId: "snap-1" },
      responseElements: null,
    });
  });
});
