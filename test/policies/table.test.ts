import { expect } from "chai";
import { tablePolicy, writesOfItems } from "../../policies/table";
import { decide } from "./evaluate";

const account = "111122223333";
const resource = `arn:aws:dynamodb:us-west-2:${account}:table/ours`;
const policy = tablePolicy({
  place: { partition: "aws", region: "us-west-2", account },
  table: "ours",
  role: "detector",
});

function asking(action: string, principal: string | undefined) {
  const context: Record<string, string> = principal === undefined ? {} : { "aws:PrincipalArn": principal };
  return decide(policy, { action, resource, context });
}

describe("the table's policy", () => {
  it("denies every write of items to everybody but the detector's role", () => {
    const others = [
      `arn:aws:iam::${account}:root`,
      `arn:aws:iam::${account}:user/admin`,
      `arn:aws:iam::${account}:role/detector2`,
      `arn:aws:iam::${account}:role/path/detector`,
      `arn:aws:iam::${account}:role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`,
      `arn:aws:sts::${account}:assumed-role/other/detector`,
      "arn:aws:iam::999988887777:role/detector",
      // A service that calls for itself.
      undefined,
    ];
    for (const action of writesOfItems)
      for (const other of others) expect(asking(action, other), `${action} ${other}`).to.equal("deny");
  });

  it("says nothing about the detector's own writes, which its role allows", () => {
    for (const action of writesOfItems) {
      expect(asking(action, `arn:aws:iam::${account}:role/detector`)).to.equal("none");
      expect(asking(action, `arn:aws:sts::${account}:assumed-role/detector/cloudtrailer-red`)).to.equal(
        "none",
      );
    }
  });

  it("lets people read and manage the table", () => {
    for (const action of [
      "dynamodb:GetItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:PartiQLSelect",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
      "dynamodb:PutResourcePolicy",
      "dynamodb:DeleteTable",
    ])
      expect(asking(action, `arn:aws:iam::${account}:user/admin`), action).to.equal("none");
  });
});
