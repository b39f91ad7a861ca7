import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { commandLineOf } from "../../../handlers/alerts/command-line";

describe("commandLineOf", () => {
  const call = (operation: string, input: Record<string, unknown>, service = "iam") =>
    commandLineOf({ service, operation, region: "us-west-2", input });

  it("writes a call with the CLI's names", () => {
    expect(
      call("DetachUserPolicy", { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    ).to.equal(
      "aws iam detach-user-policy --region us-west-2 --user-name bob --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
    );
    expect(
      call("ModifyDBInstance", { DBInstanceIdentifier: "db", PubliclyAccessible: false }, "rds"),
    ).to.equal(
      "aws rds modify-db-instance --region us-west-2 --db-instance-identifier db --no-publicly-accessible",
    );
    expect(call("DeletePublicAccessBlock", { Bucket: "b" }, "s3")).to.equal(
      "aws s3api delete-public-access-block --region us-west-2 --bucket b",
    );
  });

  it("writes an option that the CLI has renamed as the CLI calls it", () => {
    const entry = { NetworkAclId: "acl-1", RuleNumber: 90 };
    expect(call("DeleteNetworkAclEntry", { ...entry, Egress: false }, "ec2")).to.equal(
      "aws ec2 delete-network-acl-entry --region us-west-2 --network-acl-id acl-1 --rule-number 90 --ingress",
    );
    expect(call("DeleteNetworkAclEntry", { ...entry, Egress: true }, "ec2")).to.match(/ --egress$/);
  });

  it("writes lists of texts as words and structures as JSON", () => {
    expect(
      call(
        "RevokeSecurityGroupIngress",
        { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1", "sgr-2"] },
        "ec2",
      ),
    ).to.equal(
      "aws ec2 revoke-security-group-ingress --region us-west-2 --group-id sg-1 --security-group-rule-ids sgr-1 sgr-2",
    );
    expect(call("AuthorizeSecurityGroupIngress", { IpPermissions: [{ FromPort: 22 }] }, "ec2")).to.match(
      / --ip-permissions '\[\{"FromPort":22\}\]'$/,
    );
  });

  for (const hostile of [
    "$(touch pwned)",
    "`id`",
    "a; rm -rf ~",
    "it's",
    "'\\''; id; '",
    "--profile",
    "a\nb",
    "\u001b[2Jcleared",
    "back\\slash\n'quote",
    "~root",
    "",
    "*",
    "öäü 😀",
  ])
    it(`hands a shell nothing but the value: ${JSON.stringify(hostile)}`, () => {
      const line = call("DeleteUser", { UserName: hostile });
      expect(line).to.not.match(/[\n\u001b]/);
      // The shell itself says what words it sees; `aws` is a function that prints them.
      const seen = execFileSync("bash", ["-c", `aws() { printf '%s\\0' "$@"; }; ${line}`], {
        encoding: "utf8",
        env: { LC_ALL: "C.UTF-8" },
      });
      expect(seen.split("\0").slice(0, -1)).to.deep.equal([
        "iam",
        "delete-user",
        "--region",
        "us-west-2",
        "--user-name",
        hostile,
      ]);
    });
});
