import type { Detection } from "../detection";
import { isFalse, isTrue, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";
import { named } from "../readers/by-hand";
import { evidenceAt, parameterPath } from "../readers/evidence";
import { isTheWorld } from "../readers/network";
import { uninspected } from "../readers/uninspected";

export const eksEndpointPublic: Detection = {
  id: "eks-endpoint-public",
  title: "EKS API endpoint opened to the internet",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "changes",
  events: ["eks:UpdateClusterConfig"],
  remediation: "alert",
  match(record) {
    const access = fieldsOf(parameterOf(record, "resourcesVpcConfig"));
    const networks = textsOf(access.publicAccessCidrs);
    const isOpen = networks.length > 0 ? isTheWorld(networks) : isTrue(access.endpointPublicAccess);
    if (!isOpen || isFalse(access.endpointPublicAccess)) return uninspected(record);
    const path = parameterPath(record, "resourcesVpcConfig");
    return {
      evidence: evidenceAt(record, `${path}.endpointPublicAccess`, `${path}.publicAccessCidrs`),
      resources: named(record, "AWS::EKS::Cluster", "name"),
    };
  },
  runbook: [
    "Close it again, or restrict it to networks (publicAccessCidrs), unless the whole world must reach it.",
    "Read the cluster's audit log for requests from elsewhere since then.",
    "Check what is allowed without a login: system:anonymous, system:unauthenticated.",
  ],
  falsePositives: ["A cluster that a build service on the internet deploys to."],
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html",
  ],
};
