import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";

export const eksClusterCreated: Detection = {
  id: "eks-cluster-created",
  title: "EKS cluster or nodes created",
  severity: "low",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: ["eks:CreateCluster", "eks:CreateFargateProfile", "eks:CreateNodegroup"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["name", "clusterName", "nodegroupName", "instanceTypes", "scalingConfig", "roleArn", "nodeRole"],
      [
        ...named(record, "AWS::EKS::Cluster", "clusterName", "name"),
        ...named(record, "AWS::EKS::Nodegroup", "nodegroupName"),
      ],
    );
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what will run there.",
    "Look in every region for more by the same actor, and check the day's cost.",
    "If nobody can explain it, revoke the actor's permissions and find out how the credentials leaked.",
  ],
  falsePositives: ["A new cluster created by hand."],
  references: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html",
  ],
};
