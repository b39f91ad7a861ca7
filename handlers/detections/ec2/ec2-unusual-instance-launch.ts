import { uninspected } from "../readers/uninspected";
import type { DetectionContext } from "../../settings";
import { type CloudTrailRecord, succeeded, wasRefused } from "../../cloudtrail/record";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { isUnusualType } from "../readers/instance-types";
import { isAutomation, isAwsService } from "../readers/principal";
import { numberOf, objectsOf, textsOf } from "../../cloudtrail/parameters";

const id = "ec2-unusual-instance-launch";

/** Failures which mean that the actor wanted more than the account allows. */
const overLimit = /(?:VcpuLimitExceeded|InstanceLimitExceeded|MaxSpotInstanceCountExceeded)$/;

export const ec2UnusualInstanceLaunch: Detection = {
  id,
  title: "Unusual instance type or number launched",
  severity: "high",
  attack: { technique: "T1496" },
  tier: "core",
  noise: "rare",
  events: ["ec2:RunInstances"],
  outcome: "any",
  remediation: "contain",
  match(record, context) {
    const failure = typeof record.errorCode === "string" ? record.errorCode : "";
    if (!succeeded(record) && !wasRefused(record) && !overLimit.test(failure)) return undefined;
    if (isAutomation(record, context)) return undefined;
    const evidence = [
      ...unusualTypes(record),
      ...unusualNumber(record, context),
      ...unusedRegion(record, context),
    ];
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: resourcesOf(
        "AWS::EC2::Instance",
        ...objectsOf(valueAt(record, "responseElements.instancesSet")).map(({ instanceId }) => instanceId),
      ),
    };
  },
  runbook: [
    "Ask the actor what they compute; if nobody can explain the instances, stop (do not terminate) them to keep their disks for the investigation.",
    "Look in every region for more of them, and for spot requests, launch templates and Auto Scaling groups by the same actor.",
    "Revoke the actor's permissions and find out how the credentials leaked; contact AWS Support about the bill.",
  ],
  falsePositives: [
    "Machine learning, rendering and load tests. Name their roles in `automation`, and set `thresholds` for large launches.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};

/** The requested types or, if a launch template sets the type, the launched types. */
function unusualTypes(record: CloudTrailRecord): Evidence[] {
  const launched = objectsOf(valueAt(record, "responseElements.instancesSet"));
  const types: Evidence[] = [
    ...textsOf(valueAt(record, "requestParameters.instanceType")).map((value) => ({
      parameter: "requestParameters.instanceType",
      value,
    })),
    ...launched.slice(0, 1).map(({ instanceType }) => ({
      parameter: "responseElements.instancesSet.items[0].instanceType",
      value: instanceType,
    })),
  ];
  return types
    .filter(({ value }) => isUnusualType(value))
    .map((one) => ({ ...one, why: "is an accelerated or bare metal instance type" }));
}

function unusualNumber(record: CloudTrailRecord, context: DetectionContext): Evidence[] {
  const limit = context.thresholds[id] ?? 10;
  const asked = objectsOf(valueAt(record, "requestParameters.instancesSet"));
  const count = asked.reduce((sum, { maxCount }) => sum + (numberOf(maxCount) ?? 0), 0);
  // Auto Scaling and similar services launch what somebody configured before.
  if (count < limit || isAwsService(record)) return [];
  return [
    { parameter: "requestParameters.instancesSet", value: count, why: `is ${limit} instances or more` },
  ];
}

function unusedRegion(record: CloudTrailRecord, { allowedRegions }: DetectionContext): Evidence[] {
  if (allowedRegions.length === 0 || allowedRegions.includes(record.awsRegion)) return [];
  return [{ parameter: "awsRegion", value: record.awsRegion, why: "is an unused region" }];
}
