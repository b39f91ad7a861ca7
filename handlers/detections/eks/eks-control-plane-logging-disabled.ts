import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { isFalse, isTrue, objectsOf, textsOf } from "../../cloudtrail/parameters";

export const eksControlPlaneLoggingDisabled: Detection = {
  id: "eks-control-plane-logging-disabled",
  title: "EKS control plane logging disabled",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["eks:UpdateClusterConfig"],
  remediation: "inverse",
  match(record) {
    const setups = objectsOf(valueAt(record, "requestParameters.logging.clusterLogging"));
    const off = setups.filter(({ enabled }) => isFalse(enabled)).flatMap(({ types }) => textsOf(types));
    if (off.length === 0) return uninspected(record);
    const on = setups.filter(({ enabled }) => isTrue(enabled)).flatMap(({ types }) => textsOf(types));
    return {
      evidence: [
        {
          parameter: "requestParameters.logging.clusterLogging",
          value: off,
          why: on.length === 0 ? "is off, and nothing is on" : `is off, while ${on.join(", ")} is on`,
        },
      ],
      resources: resourcesOf("AWS::EKS::Cluster", valueAt(record, "requestParameters.name")),
      // The console and Terraform name every type in each call, so some being off may not be a change.
      severity: on.includes("audit") ? "medium" : "high",
    };
  },
  runbook: [
    "Enable the log types again (aws eks update-cluster-config --logging); an investigation needs audit most.",
    "Ask the cluster's owners whether they wanted it, and look at the actor's other EKS calls: access entries, policies.",
    "For the time without audit records, inspect the cluster itself: new service accounts, bindings, privileged pods.",
  ],
  falsePositives: ["Log types that are off to save cost; test clusters."],
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html",
  ],
};
