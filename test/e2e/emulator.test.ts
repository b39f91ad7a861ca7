import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  DescribeRegionsCommand,
  type DescribeRegionsCommandInput,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { botocoreData, startEmulator } from "../../local/emulator";
import { processOf } from "../faults/deployed/process-of";
import { keepEnvironment } from "../support/environment";
import { emulator, eventually, regions } from "./support";

const project = join(__dirname, "..", "..");

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

/** A program that starts an emulator, prints its endpoint, and waits. */
async function starter(): Promise<{ child: ChildProcess; endpoint: string }> {
  const text = `require("./local/emulator").startEmulator().then(({ endpoint }) => {
      console.log(endpoint);
      setInterval(() => {}, 1000);
    })`;
  const child = spawn(process.execPath, ["--require", "./cli/register.js", "--eval", text], {
    cwd: project,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, endpoint: line.toString().trim() };
}

describe("the emulator", () => {
  it("listens on loopback, and rejects keys that it did not issue", async () => {
    const { endpoint, account, region } = await emulator();
    expect(endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect({ account, region }).to.deep.equal({ account: "111122223333", region: "us-west-2" });
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "guess" };
    const stranger = new IAMClient({ endpoint, region, credentials });
    const error = await stranger.send(new ListUsersCommand({})).catch((refused: Error) => refused);
    expect(error).to.have.property("name", "InvalidClientTokenId");
  });

  it("includes the service models", async () => {
    const { models } = await emulator();
    expect(models).to.equal(botocoreData());
    expect(existsSync(join(models, "iam", "2010-05-08", "service-2.json.gz"))).to.equal(true);
  });

  it("lists the regions that are enabled, and the others only when asked for, like AWS", async () => {
    const ec2 = new EC2Client(await emulator());
    const names = async (input: DescribeRegionsCommandInput) =>
      (await ec2.send(new DescribeRegionsCommand(input))).Regions?.map(({ RegionName }) => RegionName);
    expect(await names({})).to.have.members(regions);
    expect(await names({ AllRegions: true })).to.include.members([...regions, "ap-east-1"]);
    const { Regions } = await ec2.send(new DescribeRegionsCommand({ RegionNames: ["ap-east-1"] }));
    expect(Regions?.map(({ OptInStatus }) => OptInStatus)).to.deep.equal(["not-opted-in"]);
  });

  it("has a rule with its own ID for each range of a permission, like AWS", async () => {
    const ec2 = new EC2Client(await emulator());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: "ranges", Description: "x", VpcId: Vpc?.VpcId }),
    );
    const IpRanges = [{ CidrIp: "10.0.0.0/8", Description: "own" }, { CidrIp: "0.0.0.0/0" }];
    const IpPermissions = [
      { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges, Ipv6Ranges: [{ CidrIpv6: "::/0" }] },
    ];
    const { SecurityGroupRules = [] } = await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }),
    );
    const ids = SecurityGroupRules.map((rule) => String(rule.SecurityGroupRuleId));
    expect(new Set(ids).size).to.equal(3);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ids.slice(1) }));
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [String(GroupId)] }),
    );
    const left = SecurityGroups?.[0]?.IpPermissions?.flatMap((one) => [
      ...(one.IpRanges ?? []),
      ...(one.Ipv6Ranges ?? []),
    ]);
    expect(left).to.deep.equal([{ CidrIp: "10.0.0.0/8", Description: "own" }]);
  });

  it("remembers the ports of a network ACL's entry", async () => {
    const ec2 = new EC2Client(await emulator());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
    const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpc?.VpcId }));
    const NetworkAclId = String(NetworkAcl?.NetworkAclId);
    const PortRange = { From: 0, To: 65535 };
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId,
        RuleNumber: 90,
        Protocol: "6",
        RuleAction: "allow",
        Egress: false,
        CidrBlock: "0.0.0.0/0",
        PortRange,
      }),
    );
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [NetworkAclId] }));
    expect(NetworkAcls?.[0]?.Entries?.map((entry) => entry.PortRange)).to.deep.equal([PortRange]);
  });

  it("is gone after stop, with its folder", async () => {
    const restore = keepEnvironment();
    // Of its own: other processes of the run start emulators at the same time.
    const folder = mkdtempSync(join(tmpdir(), "cloudtrailer-place-"));
    process.env.TMPDIR = folder;
    try {
      const second = await startEmulator();
      expect(readdirSync(folder)).to.have.length(1);
      await second.stop();
      expect(await answers(second.endpoint)).to.equal(false);
      expect(readdirSync(folder)).to.deep.equal([]);
      await second.stop();
    } finally {
      restore();
      rmSync(folder, { recursive: true });
    }
  });

  it("says so if it ends by itself, with the end of its log", async () => {
    const own = await startEmulator();
    const { hostname, port } = new URL(own.endpoint);
    const socket = connect(Number(port), hostname);
    // It has accepted the connection when it answers.
    socket.write("GET /_ministack/health HTTP/1.1\r\nHost: here\r\n\r\n");
    await once(socket, "data");
    const pid = processOf(socket);
    socket.destroy();

    process.kill(pid, "SIGKILL");

    const { message } = await own.failed;
    expect(message).to.match(
      /^Embedded AWS ended by itself \(SIGKILL\)\. The end of its log, .*emulator-\d+\.log:\n./,
    );
    await own.stop();
  });

  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    it(`ends with the program that started it, by ${signal}`, async () => {
      const { child, endpoint } = await starter();
      expect(await answers(endpoint)).to.equal(true);
      child.kill(signal);
      await eventually("the end of the emulator", async () => ((await answers(endpoint)) ? undefined : true));
    });
  }

  it("shows the end of its log when it cannot start", async () => {
    const error = await startEmulator({ env: { GATEWAY_PORT: "none" } }).catch((failed: Error) => failed);
    expect(error).to.be.an("error");
    expect((error as Error).message).to.match(
      /MiniStack .* before it answered.*log.*invalid literal for int.*'none'/s,
    );
  });
});
