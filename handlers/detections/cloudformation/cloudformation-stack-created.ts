import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const cloudformationStackCreated: Detection = {
  id: "cloudformation-stack-created",
  title: "CloudFormation stack created",
  severity: "low",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "cloudformation:CreateStack",
    "cloudformation:CreateStackInstances",
    "cloudformation:CreateStackSet",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      [
        "stackName",
        "stackSetName",
        "templateURL",
        "capabilities",
        "roleARN",
        "accounts",
        "deploymentTargets",
      ],
      named(record, "AWS::CloudFormation::Stack", "stackName", "stackSetName"),
    );
    // What it creates is called by CloudFormation, so this is the only call by hand.
    if (match && (textParameterOf(record, "roleARN") || nameOf(record) !== "CreateStack"))
      match.severity = "medium";
    return match;
  },
  runbook: [
    "Ask the actor for the template: the stack creates whatever it says, with the permissions of the actor or of the given role.",
    "Look at the stack's resources, above all roles, users and functions; delete the stack if nobody can explain it.",
    "For stack sets, look at every account and region they were deployed to.",
  ],
  falsePositives: ["A person deploying by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
  ],
};
