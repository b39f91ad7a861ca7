import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { accountIn, isForeign } from "../readers/principal";

export const eksAccessEntryCreated: Detection = {
  id: "eks-access-entry-created",
  title: "EKS access entry created",
  severity: "medium",
  attack: { technique: "T1098.006" },
  tier: "extended",
  noise: "work",
  events: ["eks:CreateAccessEntry", "eks:UpdateAccessEntry"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["principalArn", "kubernetesGroups", "username", "type"],
      named(record, "AWS::EKS::Cluster", "name", "clusterName"),
    );
    if (match && isForeign(accountIn(textParameterOf(record, "principalArn")), context))
      match.severity = "high";
    return match;
  },
  runbook: [
    "Ask the actor who it is and what they may do: look at the groups' bindings in the cluster, and at AssociateAccessPolicy.",
    "Delete the entry (DeleteAccessEntry) if nobody can explain it.",
    "Read the cluster's audit log for what they did since then.",
  ],
  falsePositives: ["A new colleague or tool that is given access by hand."],
  references: [
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DeleteAccessEntry.html",
  ],
};
