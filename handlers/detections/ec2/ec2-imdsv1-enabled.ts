import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, parameterPath, resourcesOf } from "../readers/evidence";
import { numberOf, parameterOf } from "../../cloudtrail/parameters";

const id = "ec2-imdsv1-enabled";

export const ec2Imdsv1Enabled: Detection = {
  id,
  title: "IMDSv2 requirement removed",
  severity: "medium",
  attack: { technique: "T1552.005" },
  tier: "core",
  noise: "rare",
  events: ["ec2:ModifyInstanceMetadataDefaults", "ec2:ModifyInstanceMetadataOptions"],
  remediation: "inverse",
  match(record, context) {
    const optional = parameterOf(record, "httpTokens") === "optional";
    const hops = numberOf(parameterOf(record, "httpPutResponseHopLimit")) ?? 0;
    // Containers need a limit of 2; a higher one lets tokens travel through more networks.
    const far = hops > (context.thresholds[`${id}.hopLimit`] ?? 2);
    if (!optional && !far) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        ...(optional ? [parameterPath(record, "httpTokens")] : []),
        ...(far ? [parameterPath(record, "httpPutResponseHopLimit")] : []),
      ),
      resources: resourcesOf("AWS::EC2::Instance", parameterOf(record, "instanceId")),
      ...(optional ? {} : { severity: "low", title: "IMDS hop limit raised" }),
    };
  },
  runbook: [
    "Require tokens again (HttpTokens=required) and find the software that needs IMDSv1: usually an old SDK.",
    "Check whether the instance runs anything that fetches URLs from strangers: with IMDSv1 that is enough to steal the role's credentials.",
    "Look for calls with the instance's role from other addresses since then.",
  ],
  falsePositives: [
    "Old agents and SDKs that do not support IMDSv2 yet; appliances that need IMDSv1 during set-up.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMetadataOptions.html",
  ],
};
