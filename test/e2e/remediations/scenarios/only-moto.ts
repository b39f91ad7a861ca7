import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const to =
  (service: string, region?: string) =>
  (operation: string, input: Record<string, unknown>): Step => ({
    service,
    operation,
    input,
    ...(region === undefined ? {} : { region }),
  });
const config = to("configservice");
const ec2 = to("ec2");
const organizations = to("organizations", "us-east-1");
const guardduty = to("guardduty");
const securityhub = to("securityhub");
const eks = to("eks");
const s3control = to("s3control");

const role = "arn:aws:iam::111122223333:role/service";
async function makeRecorder(owner: Owner): Promise<void> {
  const ConfigurationRecorder = { name: "default", roleARN: role, recordingGroup: { allSupported: true } };
  await owner(config("PutConfigurationRecorder", { ConfigurationRecorder }));
  const DeliveryChannel = { name: "default", s3BucketName: "config-history" };
  await owner(config("PutDeliveryChannel", { DeliveryChannel }));
  await owner(config("StartConfigurationRecorder", { ConfigurationRecorderName: "default" }));
}

const recorderState = (): Step[] => [
  config("DescribeConfigurationRecorders", {}),
  config("DescribeConfigurationRecorderStatus", {}),
  config("DescribeDeliveryChannels", {}),
];
const recorderTimes = ["lastStartTime", "lastStopTime", "lastStatusChangeTime", "lastStatus"];

const recorderStopped: Scenario<void> = {
  id: "config-recorder-stopped",
  make: makeRecorder,
  attack: () => config("StopConfigurationRecorder", { ConfigurationRecorderName: "default" }),
  state: recorderState,
  anew: recorderTimes,
};

const recorderDeleted: Scenario<void> = {
  id: "config-recorder-or-channel-deleted",
  what: "recorder",
  make: makeRecorder,
  attack: () => config("DeleteConfigurationRecorder", { ConfigurationRecorderName: "default" }),
  state: recorderState,
  anew: recorderTimes,
  baseline: () => ({ kind: baselineKinds.configRecorder, id: "default" }),
};

const channelDeleted: Scenario<void> = {
  ...recorderDeleted,
  what: "delivery channel",
  async make(owner) {
    await makeRecorder(owner);
    await owner(config("StopConfigurationRecorder", { ConfigurationRecorderName: "default" }));
  },
  attack: () => config("DeleteDeliveryChannel", { DeliveryChannelName: "default" }),
  baseline: () => ({ kind: baselineKinds.configChannel, id: "default" }),
};

const defaultEncryption: Scenario<void> = {
  id: "ebs-default-encryption-disabled",
  make: async (owner) => void (await owner(ec2("EnableEbsEncryptionByDefault", {}))),
  attack: () => ec2("DisableEbsEncryptionByDefault", {}),
  state: () => [ec2("GetEbsEncryptionByDefault", {})],
};

const organizationPolicy: Scenario<{ PolicyId: string; TargetId: string }> = {
  id: "org-policy-detached",
  async make(owner, Name) {
    await owner(organizations("CreateOrganization", { FeatureSet: "ALL" }));
    const { Roots } = await owner(organizations("ListRoots", {}));
    const TargetId = String((Roots as { Id: string }[])[0]?.Id);
    const Content = '{"Version":"2012-10-17","Statement":[]}';
    const { Policy } = await owner(
      organizations("CreatePolicy", { Name, Description: "", Content, Type: "SERVICE_CONTROL_POLICY" }),
    );
    const PolicyId = (Policy as { PolicySummary: { Id: string } }).PolicySummary.Id;
    await owner(organizations("AttachPolicy", { PolicyId, TargetId }));
    return { PolicyId, TargetId };
  },
  attack: (input) => organizations("DetachPolicy", input),
  state: ({ PolicyId }) => [organizations("ListTargetsForPolicy", { PolicyId })],
};

async function makeDetector(owner: Owner): Promise<string> {
  const { DetectorIds } = await owner(guardduty("ListDetectors", {}));
  const [there] = DetectorIds as string[];
  if (there !== undefined) return there;
  const { DetectorId } = await owner(guardduty("CreateDetector", { Enable: true }));
  return String(DetectorId);
}

const detectorState = (DetectorId: string): Step[] => [
  guardduty("ListDetectors", {}),
  guardduty("GetDetector", { DetectorId }),
];

const detectorDisabled: Scenario<string> = {
  id: "guardduty-detector-disabled",
  make: makeDetector,
  attack: (DetectorId) => guardduty("UpdateDetector", { DetectorId, Enable: false }),
  state: detectorState,
  anew: ["UpdatedAt"],
};

const detectorDeleted: Scenario<string> = {
  id: "guardduty-detector-deleted",
  make: makeDetector,
  attack: (DetectorId) => guardduty("DeleteDetector", { DetectorId }),
  state: detectorState,
  contains: true,
};

const filter: Scenario<string> = {
  id: "guardduty-findings-suppressed",
  make: makeDetector,
  attack: (DetectorId) =>
    guardduty("CreateFilter", {
      DetectorId,
      Name: "hide",
      Description: "quiet",
      Action: "ARCHIVE",
      Rank: 1,
      FindingCriteria: { Criterion: { severity: { Gte: 1 } } },
    }),
  state: (DetectorId) => [
    guardduty("ListFilters", { DetectorId }),
    guardduty("GetFilter", { DetectorId, FilterName: "hide" }),
  ],
  anew: ["CreatedAt", "UpdatedAt"],
};

const hub: Scenario<void> = {
  id: "securityhub-disabled",
  make: async (owner) =>
    void (await owner(securityhub("EnableSecurityHub", { EnableDefaultStandards: true }))),
  attack: () => securityhub("DisableSecurityHub", {}),
  state: () => [securityhub("DescribeHub", {})],
  anew: ["SubscribedAt"],
};

const clusterLogs: Scenario<string> = {
  id: "eks-control-plane-logging-disabled",
  async make(owner, name) {
    await owner(
      eks("CreateCluster", {
        name,
        roleArn: role,
        resourcesVpcConfig: { subnetIds: [] },
        logging: { clusterLogging: [{ types: ["api", "audit"], enabled: true }] },
      }),
    );
    return name;
  },
  attack: (name) =>
    eks("UpdateClusterConfig", {
      name,
      logging: { clusterLogging: [{ types: ["api", "audit"], enabled: false }] },
    }),
  state: (name) => [eks("DescribeCluster", { name })],
  anew: ["clientRequestToken"],
};

async function runInstance(owner: Owner): Promise<string> {
  const [image] = (await owner(ec2("DescribeImages", {}))).Images as { ImageId: string }[];
  const { Instances } = await owner(
    ec2("RunInstances", { ImageId: image?.ImageId, InstanceType: "t3.micro", MinCount: 1, MaxCount: 1 }),
  );
  return String((Instances as { InstanceId: string }[])[0]?.InstanceId);
}

const imds: Scenario<string> = {
  id: "ec2-imdsv1-enabled",
  async make(owner) {
    const InstanceId = await runInstance(owner);
    await owner(ec2("ModifyInstanceMetadataOptions", { InstanceId, HttpTokens: "required" }));
    return InstanceId;
  },
  attack: (InstanceId) => ec2("ModifyInstanceMetadataOptions", { InstanceId, HttpTokens: "optional" }),
  state: (InstanceId) => [ec2("DescribeInstances", { InstanceIds: [InstanceId] })],
};

const accountBlock: Scenario<void> = {
  id: "s3-account-public-access-block-removed",
  async make(owner) {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await owner(s3control("PutPublicAccessBlock", { AccountId, PublicAccessBlockConfiguration }));
  },
  attack: () => s3control("DeletePublicAccessBlock", { AccountId }),
  state: () => [s3control("GetPublicAccessBlock", { AccountId })],
};
const AccountId = "111122223333";

const mirroring: Scenario<string> = {
  id: "ec2-traffic-mirroring",
  async make(owner) {
    const { Vpc } = await owner(ec2("CreateVpc", { CidrBlock: "10.9.0.0/16" }));
    const { VpcId } = Vpc as { VpcId: string };
    const { Subnet } = await owner(ec2("CreateSubnet", { VpcId, CidrBlock: "10.9.1.0/24" }));
    const { SubnetId } = Subnet as { SubnetId: string };
    const { NetworkInterface } = await owner(ec2("CreateNetworkInterface", { SubnetId }));
    return (NetworkInterface as { NetworkInterfaceId: string }).NetworkInterfaceId;
  },
  attack: (NetworkInterfaceId) =>
    ec2("CreateTrafficMirrorSession", {
      NetworkInterfaceId,
      TrafficMirrorTargetId: "tmt-0123456789abcdef0",
      TrafficMirrorFilterId: "tmf-0123456789abcdef0",
      SessionNumber: 1,
    }),
  state: () => [ec2("DescribeTrafficMirrorSessions", {})],
  anew: ["TrafficMirrorSessionId"],
};

const stranger = "444455556666";
const partner = "777788889999";

const imageShared: Scenario<string> = {
  id: "ec2-ami-shared",
  async make(owner, Name) {
    const image = ec2("CreateImage", { InstanceId: await runInstance(owner), Name });
    const ImageId = String((await owner(image)).ImageId);
    await owner(shareImage(ImageId, partner));
    return ImageId;
  },
  attack: (ImageId) => shareImage(ImageId, stranger),
  state: (ImageId) => [ec2("DescribeImageAttribute", { ImageId, Attribute: "launchPermission" })],
};
const shareImage = (ImageId: string, UserId: string) =>
  ec2("ModifyImageAttribute", { ImageId, LaunchPermission: { Add: [{ UserId }] } });

/** Services and calls that MiniStack lacks. */
export const onlyMoto = [
  recorderStopped,
  recorderDeleted,
  channelDeleted,
  defaultEncryption,
  organizationPolicy,
  detectorDisabled,
  filter,
  detectorDeleted,
  hub,
  clusterLogs,
  imds,
  accountBlock,
  mirroring,
  imageShared,
] as Scenario[];
