import type { Detection } from "../detection";
import { isFalse, objectsOf, parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const ecrScanningDisabled: Detection = {
  id: "ecr-scanning-disabled",
  title: "Scanning of container images disabled",
  severity: "low",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "changes",
  events: ["ecr:PutImageScanningConfiguration", "ecr:PutRegistryScanningConfiguration"],
  remediation: "alert",
  match(record, context) {
    if (!isOff(record)) return uninspected(record);
    const match = calledByHand(
      record,
      context,
      ["imageScanningConfiguration", "scanType", "rules"],
      named(record, "AWS::ECR::Repository", "repositoryName"),
    );
    if (match !== undefined && nameOf(record).includes("Registry")) match.severity = "medium";
    return match;
  },
  runbook: [
    "Enable the scan again unless another scanner has taken over.",
    "Scan the images that were pushed since then, and find out who pushed them.",
    "Look at what else the same actor did.",
  ],
  falsePositives: ["A scanner outside AWS that replaces ECR's."],
  references: [
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryScanningConfiguration.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html",
  ],
};

/** Whether pushed images are no longer scanned: those of a repository, or of all by a registry without rules. */
function isOff(record: CloudTrailRecord): boolean {
  if (nameOf(record) === "PutImageScanningConfiguration")
    return isFalse(fieldsOf(parameterOf(record, "imageScanningConfiguration")).scanOnPush);
  return (
    textParameterOf(record, "scanType") === "BASIC" && objectsOf(parameterOf(record, "rules")).length === 0
  );
}
