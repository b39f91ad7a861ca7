import { fieldsOf, textOf } from "../../json";
import { nameOf, serviceOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isInNetworks, isPublicAddress } from "../readers/network";
import { isAwsService, principalOf } from "../readers/principal";

/** What agents on an instance call, from wherever the instance reaches the internet. */
const agentServices = ["ec2messages", "ssmmessages"];

/**
 * What the agent of Systems Manager calls; parameters are not among it.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
 */
const agentCalls = [
  "DescribeAssociation",
  "DescribeDocument",
  "GetDeployablePatchSnapshotForInstance",
  "GetDocument",
  "GetManifest",
  "ListAssociations",
  "ListInstanceAssociations",
  "PutComplianceItems",
  "PutConfigurePackageResult",
  "PutInventory",
  "RegisterManagedInstance",
  "UpdateAssociationStatus",
  "UpdateInstanceAssociationStatus",
  "UpdateInstanceInformation",
];

export const ec2InstanceCredentialsOutside: Detection = {
  id: "ec2-instance-credentials-outside",
  title: "Instance role credentials used outside EC2",
  severity: "high",
  attack: { technique: "T1552.005" },
  tier: "core",
  noise: "none",
  events: ["*"],
  hint: {
    field: "userIdentity",
    texts: ["/i-"],
    and: { field: "sourceIPAddress", may: (address, { ownNetworks }) => isOutside(address, ownNetworks) },
  },
  remediation: "contain",
  burst: {
    // Every call means the same: once a day is enough per role and address.
    windowMinutes: 1440,
    threshold: 1,
    countedBy: (record) => `${principalOf(record).by}|${textOf(record.sourceIPAddress) ?? ""}`,
  },
  match(record, context) {
    const arn = textOf(fieldsOf(record.userIdentity).arn) ?? "";
    const instance = /:assumed-role\/[^/]+\/(i-[0-9a-f]{8,17})$/.exec(arn)?.[1];
    if (instance === undefined || !isOutside(record.sourceIPAddress, context.ownNetworks)) return undefined;
    if (isAwsService(record)) return undefined;
    const service = serviceOf(record);
    if (agentServices.includes(service) || (service === "ssm" && agentCalls.includes(nameOf(record))))
      return undefined;
    return {
      evidence: evidenceAt(record, "userIdentity.arn", "sourceIPAddress", "userAgent"),
      resources: resourcesOf("AWS::EC2::Instance", instance),
    };
  },
  runbook: [
    "Check whether the address is the instance's own or its NAT gateway's; put those into `ownNetworks`, so that only others are reported.",
    "If it is not, revoke the role's older sessions (the instance renews its own), and require IMDSv2 on the instance.",
    "Find out on the instance how the credentials leaked: SSRF, a shell, a container with host network.",
  ],
  falsePositives: [
    "An instance that calls AWS through the internet, from its own public address or a NAT gateway missing from `ownNetworks`.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
  ],
};

/** Whether the address is on the internet and not one of our own. */
function isOutside(address: unknown, ownNetworks: string[]): boolean {
  return isPublicAddress(address) && !isInNetworks(address, ownNetworks);
}
